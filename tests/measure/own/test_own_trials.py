"""Own work as real trials measure it: what tasks, items and builders may be, and may not."""

import pytest

from bench.samples import Sample
from tests.own import Own
from tests.watching import PATIENCE

EXECUTORS = ["sequential", "threads", "processes", "pool", "asyncio", "ceiling", "loky"]


def test_a_registered_workload_is_measured_with_its_parameters(own: Own) -> None:
    answer = own.answer(
        """
        from typing import Annotated
        def double(item): return 2 * item
        @bench.workload("cpu")
        def doubles(count: Annotated[int, bench.Between(1, 9)] = 4):
            return bench.Work(double, range(count), sum)
        """,
        "processes",
        options={"start_method": "spawn"},
        parameters={"count": 5},
    )
    assert answer == "20"


@pytest.mark.parametrize("executor", EXECUTORS)
@pytest.mark.parametrize("items", ["[7]", "range(5_000)"], ids=["one item", "5,000 items"])
def test_one_item_and_5_000_tiny_ones_are_sane_for_more_workers(
    own: Own, executor: str, items: str
) -> None:
    sample = own.trial(f"def task(item): return item % 7\nitems = {items}", executor, workers=3)
    assert isinstance(sample, Sample), sample
    assert 0 < sample.warm_s < PATIENCE
    assert sample.answer.startswith("[0]" if items == "[7]" else "[0, 1, 2, 3, 4, 5, 6, 0, ")


@pytest.mark.parametrize(
    "items",
    [
        "(1, 2, 3)",
        "iter([1, 2, 3])",
        "{1: 'a', 2: 'b', 3: 'c'}",
        "lambda: (number for number in (1, 2, 3))",
        "__import__('array').array('i', [1, 2, 3])",
    ],
)
def test_items_are_whatever_gives_them(own: Own, items: str) -> None:
    assert own.answer(f"def task(item): return 2 * item\nitems = {items}", "threads") == "[2, 4, 6]"


@pytest.mark.parametrize("executor", ["sequential", "threads", "processes", "asyncio"])
def test_a_coroutine_function_is_a_task_for_every_executor(own: Own, executor: str) -> None:
    text = """
        async def task(item):
            await asyncio.sleep(0)
            return 2 * item
        items = [1, 2, 3]
        """
    assert own.answer(text, executor) == "[2, 4, 6]"


def test_asyncio_is_given_the_async_form_and_others_the_plain_one(own: Own) -> None:
    text = """
        def plain(item): return "plain"
        async def awaited(item): return "awaited"
        @bench.workload("io")
        def both():
            return bench.Work(task=plain, items=[1], atask=awaited)
        """
    assert own.answer(text, "threads") == '["plain"]'
    assert own.answer(text, "asyncio") == '["awaited"]'


def test_a_task_in_two_stages_is_shared_out_by_the_hybrid(own: Own) -> None:
    text = """
        def wait(item): return item + 1
        def compute(item): return 10 * item
        @bench.workload("mixed", staged=True)
        def stages():
            return bench.Work(bench.Staged(wait, compute), [1, 2])
        """
    assert own.answer(text, "hybrid") == "[20, 30]"


def test_the_labs_server_is_there_for_work_that_asks_for_it(own: Own) -> None:
    text = """
        from urllib.request import ProxyHandler, build_opener
        def fetch(url):
            return build_opener(ProxyHandler({})).open(url).read().decode()
        @bench.workload("io")
        def pages(*, server):
            return bench.Work(fetch, [f"{server}/page/7?delay=0&size=9"])
        """.replace("pages", "my_pages")
    assert own.answer(text, "threads") == '["page 7 of"]'


def test_variables_are_set_before_the_trial_begins(own: Own) -> None:
    text = """
        from typing import Annotated
        BEGUN_WITH = os.environ["OMP_NUM_THREADS"], os.environ.get("MINE")
        def task(item): return BEGUN_WITH
        @bench.workload("cpu", environment={"OMP_NUM_THREADS": "{n}", "MINE": "{x}{n}"})
        def variables(n: Annotated[int, bench.Between(1, 9)] = 3):
            return bench.Work(task, [1])
        """
    assert own.answer(text.replace("{x}", "n is "), "threads") == '[["3", "n is 3"]]'


SET_UP = """
def task(item): {task}
@bench.workload("cpu")
def with_file():
    file = open({note!r}, "w")
    file.write("set up, ")
    yield bench.Work(task, [file.name])
    file.write("torn down")
    file.close()
"""


@pytest.mark.parametrize("task", ["return os.path.exists(item)", "raise ValueError('no')"])
def test_a_builder_that_yields_its_work_tears_down_after_it_though_it_fails(
    own: Own, task: str
) -> None:
    outcome = own.trial(SET_UP.format(note=str(own.note), task=task))
    assert own.note.read_text() == "set up, torn down"
    if isinstance(outcome, Sample):
        assert outcome.answer == "[true]"
    else:
        assert outcome.message == "mine.py line 3 in task: ValueError: no"


# What builders do whose decorator is in line 3, and what is said of it.
BUILDERS = {
    "return 1 / 0": "line 5 in bad: ZeroDivisionError: division by zero",
    "raise bench.Refused('photos', 3, 'at least 5')": "line 5 in bad: photos is 3: it must be at l",
    "os._exit(4)": "line 3 in bad: its process ended with exit code 4 before it had a result.",
    "return [1, 2]": "line 3 in bad: it gives list: a builder returns, or yields, a bench.Work.",
    "yield": "line 3 in bad: it gives NoneType: a builder returns, or yields, a bench.Work.",
    "yield bench.Work(abs, [1]); yield 2": "line 3 in bad: it yields a second time: a builder yi",
    "return bench.Work(abs, [])": "line 3 in bad: there are no items: give at least one.",
    "return bench.Work(abs, 5)": "line 3 in bad: items are of type int: they must be a list, or",
    "return bench.Work(abs, {'a', 'b'})": "line 3 in bad: items are a set, whose order differs b",
    "return bench.Work(abs, itertools.count())": "line 3 in bad: items go on after 1,000,000 of ",
    "return bench.Work(abs, range(2_000_000))": "line 3 in bad: there are 2,000,000 items: give ",
    "return bench.Work(abs, [0] * 10**15)": "line 5 in bad: MemoryError",
    "return bench.Work(abs, [bytes(10**15)])": "line 5 in bad: MemoryError",
    "return bench.Work(bench.Staged(abs, abs), [1])": "line 3 in bad: its task is a bench.Staged",
    "return bench.Work(abs, [1], atask=abs)": "line 3 in bad: atask is of type builtin_function",
    "return bench.Work(abs, [1], reduce=min and 5)": "line 3 in bad: TypeError: ",
}


@pytest.mark.parametrize(("build", "told"), BUILDERS.items(), ids=BUILDERS)
def test_a_builder_that_gives_no_work_is_said_with_its_line(
    own: Own, build: str, told: str
) -> None:
    text = f'@bench.workload("cpu")\ndef bad():\n    {build}'
    assert own.failure(text).startswith(f"mine.py {told}")


def test_if_both_fail_the_task_is_the_cause_and_the_tear_down_is_told_too(own: Own) -> None:
    text = """
        def task(item): raise KeyError("task")
        @bench.workload("cpu")
        def bad():
            yield bench.Work(task, [1])
            raise OSError("tear-down")
        """
    told = (
        "mine.py line 3 in task: KeyError: 'task' Its tear-down failed, too: OSError('tear-down')"
    )
    assert own.failure(text) == told
    assert own.failure(text.replace('raise KeyError("task")', "return 1")) == (
        "mine.py line 7 in bad: OSError: tear-down"
    )
