"""Profiles of real tasks in real children: their facts, and a sentence for each that is odd."""

import itertools

import pytest

from bench.analysis.advice import advice_of, gil_of
from bench.measure import profiling
from bench.measure.child.sampling import scattered
from bench.measure.own.work import function_work
from bench.measure.profiling import Unprofiled, profiled
from bench.plan import this_interpreter
from bench.profiles import Profile, Wanted
from tests.own import Own
from tests.watching import PATIENCE


@pytest.fixture(autouse=True)
def short_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks at the GIL take three turns, no more."""
    monkeypatch.setattr(profiling, "LOOK", 0.0)


def profile_of(own: Own, text: str, seconds: float = PATIENCE) -> Profile:
    """The profile of a file's `task` on its `items`."""
    file = own.file(text)
    work = function_work(f"{file}:task", f"{file}:items")
    wanted = Wanted(work.name, work.parameters({}), this_interpreter())
    return profiled(wanted, seconds=seconds)


def refusal(own: Own, text: str, seconds: float = PATIENCE) -> str:
    """Why there is no profile of it."""
    with pytest.raises(Unprofiled) as raised:
        profile_of(own, text, seconds)
    return str(raised.value)


def test_what_computes_in_python_is_never_found_to_let_the_gil_go(own: Own) -> None:
    profile = profile_of(
        own, "def task(item): return sum(i * i for i in range(item))\nitems = [50_000] * 20"
    )
    assert profile.tasks == len(profile.lengths) == 20
    assert profile.cpu_s > 0.5 * profile.task_s
    assert profile.repeats is True
    assert profile.item
    assert profile.result
    assert profile.unsent == profile.unthreaded == ""
    assert profile.counting
    assert len(profile.counting.task) == len(profile.counting.looping) == 3
    assert gil_of(profile).stand != "lets it go" or not profile.gil


def test_what_sleeps_is_never_found_to_keep_it_and_its_async_form_is_looked_at(own: Own) -> None:
    profile = profile_of(
        own,
        """
        async def task(item):
            await asyncio.sleep(0.02)
            return item
        items = [1, 2, 3, 4]
        """,
    )
    assert profile.cpu_s < 0.5 * profile.task_s
    assert profile.coroutine
    assert profile.coroutine.together.count == 16
    assert gil_of(profile).stand != "keeps it"
    assert advice_of(profile).chosen.executor in ("asyncio", "threads")


def test_what_breaks_in_threads_alone_leaves_the_rest(own: Own) -> None:
    text = """
        first = threading.current_thread()
        def task(item):
            if threading.current_thread() is not first: {breaks}
            return item
        items = [1, 2]
        """
    raising = profile_of(own, text.replace("{breaks}", "raise OSError('not here')"))
    assert raising.unthreaded == "In a second thread it raises OSError: not here"
    crashed = profile_of(own, text.replace("{breaks}", "os._exit(3)"))
    assert crashed.unthreaded.startswith("At once with others, mine.py line 4 in task: its process")
    assert crashed.lengths
    assert "threads" in [one.executor for one in advice_of(crashed).barred]


def test_what_cannot_be_sent_is_named_by_its_part(own: Own) -> None:
    text = """
        def task(item): return {"found": [threading.Lock()]}
        items = [1, 2]
        """
    lock = "(TypeError: cannot pickle '_thread.lock' object)"
    profile = profile_of(own, text)
    assert profile.unsent == f"what the task gives for items[0]['found'][0] {lock}"
    assert profile.repeats is None


def test_huge_results_are_weighed_and_not_kept(own: Own) -> None:
    profile = profile_of(own, "def task(item): return bytes(10**8)\nitems = range(40)")
    assert profile.result
    assert profile.result.size == pytest.approx(10**8, rel=0.01)
    advice = advice_of(profile)
    assert "All results together are 4.00 GB" in " ".join(one.message for one in advice.reasons)
    assert advice.chosen.executor in ("sequential", "threads")


def test_answers_by_chance_are_told(own: Own) -> None:
    profile = profile_of(own, "def task(item): return random.random()\nitems = [1, 2]")
    assert profile.repeats is False
    assert profile.differs.startswith("items[0] gave 0.")


# Tasks in line 3 that have no profile, and what is said of them.
ODD = {
    "def task(item): raise ValueError('no')": "line 3 in task: ValueError: no",
    "def task(): return 1": "line 3 in task: it cannot be called with one item (task() takes 0 ",
    "def task(item, other): return 1": "line 3 in task: it cannot be called with one item (task() ",
    "def task(item): return [0] * 10**15": "line 3 in task: MemoryError",
    "def task(item): os._exit(3)": "line 3 in task: its process ended with exit code 3 before ",
    "def task(item): item.append(1)": "line 3 in task: the task changes its items: items[0], of ",
}


@pytest.mark.parametrize(("task", "told"), ODD.items(), ids=ODD)
def test_an_odd_task_gets_a_sentence_with_its_line(own: Own, task: str, told: str) -> None:
    assert refusal(own, f"{task}\nitems = [[1], [2]]").startswith(f"mine.py {told}")


def test_a_task_that_never_returns_is_ended_and_said_to_be(own: Own) -> None:
    own.late_once_noted()
    text = f"""
        def task(item):
            open({str(own.note)!r}, "w").close(); time.sleep(600)
        items = [1]
        """
    assert refusal(own, text) == (
        "mine.py line 4 in task: it took longer than 30 s and was ended; choose less work."
    )


@pytest.mark.parametrize("count", [1, 2, 3, 7, 200, 1_000, 99_999])
def test_a_sample_is_spread_over_all_items_however_early_it_ends(count: int) -> None:
    places = scattered(count)
    assert len(set(places)) == len(places) == min(count, 200)
    assert set(places) <= set(range(count))
    if count >= 200:
        first = sorted(places[:20])
        assert max(b - a for a, b in itertools.pairwise(first)) < count / 4
