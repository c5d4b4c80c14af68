"""Own work whose task fails, in real trials: what is said of it, with which line of whose file."""

import sys

import pytest

from bench.errors import Refused, Unavailable
from bench.measure.trials import trials
from bench.samples import Failure
from tests.build import a_plan
from tests.own import FINE, Own
from tests.watching import PATIENCE, eventually, living_with

# A task in the third line, on four numbers.
ASKED = "def task(item): {task}\nitems = [0, 1, 2, 3]\n"

WORKERS = ["threads", "processes", "pool", "asyncio", "loky", "ceiling"]


@pytest.mark.parametrize("executor", ["sequential", *WORKERS])
def test_what_a_task_raises_is_said_with_its_line_wherever_it_runs(own: Own, executor: str) -> None:
    told = own.failure(ASKED.format(task="return 1 / (item - 2)"), executor)
    assert told == "mine.py line 3 in task: ZeroDivisionError: division by zero"


def test_the_line_is_that_of_a_helper_of_ones_own_if_it_was_there(own: Own) -> None:
    own.file("def half(item):\n    return 1 / item", "helper.py")
    outcome = own.trial("import helper\ndef task(item): return helper.half(item)\nitems = [0]")
    assert isinstance(outcome, Failure)
    assert outcome.message == "helper.py line 4 in half: ZeroDivisionError: division by zero"
    assert outcome.output.startswith("Traceback (most recent call last):\n")
    assert "in task" in outcome.output


DIFFERENT = "two passes over the same items gave different answers, "

# What tasks do, and what is said of it.
TASKS = {
    "raise bench.Refused('size', 1, 'more')": "size is 1: it must be more.",
    "raise ExceptionGroup('two', [KeyError(item), OSError()])": "KeyError: 0",
    "sys.exit(9)": "SystemExit: 9",
    "return input()": "EOFError: EOF when reading a line",
    "os._exit(9)": "its process ended with exit code 9 before it had a result.",
    "ctypes.string_at(0)": "its process was killed by signal SIGSEGV before it had a result.",
    "return [0] * 10**15": "MemoryError",
    "return random.random()": DIFFERENT,
    "return (number for number in [item])": "the answer holds builtins.generator, which cannot",
    "return task(item)": "RecursionError: maximum recursion depth exceeded",
}


@pytest.mark.parametrize(("task", "told"), TASKS.items(), ids=TASKS)
def test_what_a_task_does_instead_is_said_with_its_line(own: Own, task: str, told: str) -> None:
    assert own.failure(ASKED.format(task=task)).startswith(f"mine.py line 3 in task: {told}")


def test_the_line_in_which_a_worker_crashed_is_said(own: Own) -> None:
    text = "def task(item):\n    ctypes.string_at(0)\nitems = [1]"
    told = own.failure(text, "processes", workers=1)  # two would write on top of each other
    assert told.startswith("mine.py line 4 in task: concurrent.futures.process.BrokenProcessPool")


@pytest.mark.parametrize("executor", ["processes", "ceiling", "loky"])
def test_a_worker_that_is_gone_is_said_with_the_tasks_line(own: Own, executor: str) -> None:
    told = own.failure(ASKED.format(task="os._exit(9)"), executor)
    assert told.startswith("mine.py line 3 in task: ")
    assert "worker" in told or "terminated" in told


# What cannot be sent between workers: below an import, a class and its item in lines 3 to 6.
SENT = """
class Photo:
    def __init__(self): self.lock = threading.Lock()
class Two(Exception):
    def __init__(self, one, two): super().__init__(one)
def whole(item): return 1
def locked(item): return {"found": [threading.Lock()]}
def raises(item): raise Two(1, 2)
local = (lambda: lambda item: item)()
"""

LOCK = "cannot be sent between workers (TypeError: cannot pickle '_thread.lock' object)."

UNSENT = {
    "task = whole; items = [1, Photo()]": f"line 7 in whole: items[1].lock {LOCK}",
    "task = whole; items = [1, {'a': [Photo()]}]": f"line 7 in whole: items[1]['a'][0].lock {LOCK}",
    "task = locked; items = [1, 2]": (
        f"line 8 in locked: what the task gives for items[0]['found'][0] {LOCK}"
    ),
    "task = local; items = [1, 2]": "line 10 in <lambda>: the task cannot be sent between workers",
    "task = raises; items = [1, 2]": (
        "line 9 in raises: what the task raises for items[0] cannot be sent between workers "
        "(TypeError: Two.__init__() missing 1 required positional argument: 'two')."
    ),
}


@pytest.mark.parametrize(("text", "told"), UNSENT.items(), ids=UNSENT)
def test_what_cannot_be_sent_is_said_to_its_innermost_part(own: Own, text: str, told: str) -> None:
    assert own.failure(SENT + text, "processes").startswith(f"mine.py {told}")


@pytest.mark.parametrize("executor", ["pool", "ceiling", "loky"])
def test_whatever_sends_it(own: Own, executor: str) -> None:
    told = own.failure(SENT + "task = whole; items = [Photo()]", executor)
    assert told == f"mine.py line 7 in whole: items[0].lock {LOCK}"


def test_threads_share_what_cannot_be_sent(own: Own) -> None:
    assert own.answer(SENT + "task = whole; items = [Photo()]", "threads") == "[1]"


@pytest.mark.parametrize(
    "task",
    ["item.append(1); return len(item) > 0", "item.sort(); return item[0]", "item[0] += 1"],
)
def test_a_task_that_changes_its_items_has_no_result(own: Own, task: str) -> None:
    text = f"def task(item):\n    {task}\nitems = [[1, 2], [3, 2]]"
    place = 1 if task.startswith("item.sort") else 0  # one was in order
    assert own.failure(text) == (
        f"mine.py line 3 in task: the task changes its items: items[{place}], of type list, is not "
        "what it was, and later passes would do other work; let it change a copy."
    )


@pytest.mark.parametrize("form", ["def", "async def"])
def test_a_task_that_counts_on_has_no_result_and_its_variable_is_named(own: Own, form: str) -> None:
    text = f"""
        class Seen:
            count = 0
        {form} task(item):
            Seen.count += 1
            return Seen.count
        items = ["a", "b"]
        """
    told = own.failure(text)
    assert told.startswith(f"mine.py line 5 in task: {DIFFERENT}[1, 2] and [")
    assert ": items[0] gave 1 first and " in told
    assert told.endswith("The task, or reduce, keeps or changes something, as Seen.count changed.")


@pytest.mark.parametrize(
    ("executor", "options"),
    [
        ("sequential", {}),
        ("threads", {}),
        ("processes", {"start_method": "spawn"}),
        ("pool", {"start_method": "forkserver"}),
        ("loky", {}),
    ],
)
def test_a_task_that_hangs_is_said_with_the_line_where_it_was(
    own: Own, executor: str, options: dict[str, object]
) -> None:
    own.late_once_noted()
    text = f"""
        def task(item):
            open({str(own.note)!r}, "w").close(); time.sleep(600)
        items = [1, 2]
        """
    assert own.failure(text, executor, options=options) == (
        "mine.py line 4 in task: it took longer than 30 s and was ended; choose less work."
    )


def test_a_pool_that_waits_for_a_dead_worker_is_said_to_wait(own: Own) -> None:
    own.late_once_noted()
    text = f"""
        import subprocess
        def task(item):
            wait = "while kill -0 %d; do sleep 0.02; done; touch {own.note}" % os.getpid()
            subprocess.Popen(["sh", "-c", wait])
            os._exit(1)
        items = [1]
        """
    assert own.failure(text, "pool") == (
        "mine.py line 4 in task: it took longer than 30 s and was ended; choose less work. No "
        "line of its own was seen running: it may wait for a worker that is gone."
    )


def test_a_task_that_forks_is_measured_once_and_nothing_of_it_is_left(
    own: Own, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OWN_TEST", str(own.folder))
    text = """
        forked = []
        def task(item):
            if not forked:
                forked.append(os.fork())
            return item
        items = [1, 2]
        """
    assert own.answer(text) == "[1, 2]"
    eventually(lambda: not living_with("OWN_TEST", str(own.folder)), "the end of all it started")


def test_if_memory_runs_out_the_system_ends_the_trial_first(own: Own) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux is told whom to end")
    text = "def task(item): return open('/proc/self/oom_score_adj').read()\nitems = [1]"
    assert own.answer(text, "processes") == '["1000\\n"]'


def test_work_that_is_changed_while_it_is_measured_is_not_measured_on(own: Own) -> None:
    plan = a_plan(own.work(FINE).name, executors=["threads"], parameters={})
    with trials(plan, seconds=PATIENCE, stopping=lambda: False) as trial:
        trial(plan.line_up[0], 1, 0)
        own.file(FINE + "\n")
        with pytest.raises(Unavailable, match=r"^mine\.py was changed while it was measured"):
            trial(plan.line_up[0], 1, 1)


def test_a_plan_whose_parameters_are_no_more_is_refused_before_it_is_measured(own: Own) -> None:
    text = """
        from typing import Annotated
        @bench.workload("cpu")
        def sized(n: Annotated[int, bench.Between(1, 9)] = 9): return bench.Work(abs, [1])
        """
    plan = a_plan(own.work(text).name, executors=["threads"], parameters={})
    own.work(text.replace("9", "5"))
    with (
        pytest.raises(Refused, match=r"sized\.n is 9: it must be a whole number from 1 to 5"),
        trials(plan, seconds=PATIENCE, stopping=lambda: False),
    ):
        pass
