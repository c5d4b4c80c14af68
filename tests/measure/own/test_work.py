"""What own work is, told by a real child that imports it; and what that child survives."""

import os

import pytest

from bench.asking.plans import draft, plan_from_json
from bench.errors import Broken, Refused
from bench.forms import Between, OneOf
from bench.measure.own.work import function_work
from bench.workloads import all_workloads, find_workload
from tests.own import FINE, Own, known
from tests.watching import eventually, living_with

PHOTOS = '''
from typing import Annotated

@bench.workload(
    "io",
    presets={"many": {"count": 9, "way": "slow"}},
    packages=("json",),
    environment={"OMP_NUM_THREADS": "{count}"},
)
def photos(
    count: Annotated[int, bench.Between(1, 500, "photos"), "How many."] = 40,
    way: Annotated[str, bench.OneOf("fast", "slow")] = "fast",
    *,
    server: str,
):
    """Shrink photos

    As they
    come.
    """
    raise AssertionError("nobody builds it to describe it")
'''


def test_a_signature_becomes_a_workload_with_its_form(own: Own) -> None:
    work = own.work(PHOTOS)
    count, way = work.form
    assert (work.name, work.title, work.about) == ("photos", "Shrink photos", "As they come.")
    assert (work.kind, work.packages, work.resources) == ("io", ("json",), ("server",))
    assert (count.default, count.bounds, count.help) == (
        40,
        (Between(1, 500, "photos"),),
        "How many.",
    )
    assert (way.default, way.bounds) == ("fast", (OneOf("fast", "slow"),))
    assert work.parameters({}, "many") == {"count": 9, "way": "slow"}
    assert work.variables({"count": 3}) == {"OMP_NUM_THREADS": "3"}
    assert work.seconds is None


def test_own_work_comes_first_and_the_labs_stays(own: Own) -> None:
    own.work(PHOTOS)
    assert list(all_workloads())[:2] == ["photos", "primes"]


def test_a_plan_holds_its_name_alone_and_is_checked_like_any_other(own: Own) -> None:
    own.work(PHOTOS)
    plan = draft("photos", executors={"threads": {}}, workers=[2], parameters={"count": 7})
    assert plan.as_json()["workload"] == "photos"
    assert str(own.folder) not in str(plan.as_json())
    assert plan_from_json(plan.as_json()) == plan
    with pytest.raises(Refused, match=r"photos\.count is 501: it must be a whole number from 1"):
        draft("photos", executors={"threads": {}}, workers=[2], parameters={"count": 501})


def test_a_plan_of_work_that_is_not_known_here_is_refused(own: Own) -> None:
    own.work(PHOTOS)
    plain = draft("photos", executors={"threads": {}}, workers=[2]).as_json()
    own.asked()
    with pytest.raises(Refused, match="workload is 'photos': it must be one of primes, "):
        plan_from_json(plain)


# Files that cannot be used, and what is said of each; the head is two lines.
FAULTS = {
    "raises": ("def half(n):\n    return 1 / n\nhalf(0)", "line 4 in half: ZeroDivisionError: "),
    "syntax": ("def half(:\n    pass", "line 3: SyntaxError: invalid syntax"),
    "missing": ("import not_there", "line 3: ModuleNotFoundError: No module named 'not_there'. In"),
    "exit": ("sys.exit(3)", "line 3: SystemExit: 3"),
    "_exit": ("x = 1\nos._exit(3)", "line 4: its process ended with exit code 3 before it had"),
    "kill": ("os.kill(os.getpid(), 9)", "line 3: its process was killed by signal SIGKILL before"),
    "crash": (
        "def look():\n    ctypes.string_at(0)\nlook()",
        "line 4 in look: its process was kil",
    ),
    "asks": ("input('name? ')", "line 3: EOFError: EOF when reading a line"),
    "memory": ("everything = [0] * 10**15", "line 3: MemoryError"),
    "together": ("raise ExceptionGroup('two', [KeyError(1), KeyError(2)])", "line 3: KeyError: 1"),
    "closes": (
        "os.closerange(3, 99)",
        "line 3: its process ended with exit code 1 before it had a",
    ),
    "no work": ("x = 1", "nothing in it is marked with @bench.workload; mark a function that"),
    "bare": ("@bench.workload\ndef x(): ...", "line 3: kind is <function x at 0x"),
    "kind": (
        "@bench.workload('gpu')\ndef x(): ...",
        "line 3: kind is 'gpu': it must be one of cpu",
    ),
    "form": ("@bench.workload('cpu')\ndef x(n: int = 1): ...", "line 3: TypeError: n: give it a d"),
    "resource": (
        "@bench.workload('cpu')\ndef x(*, db): ...",
        "line 3: keyword-only parameter is 'd",
    ),
    "preset": (
        "@bench.workload('cpu', presets={'a': {'n': 1}})\ndef x(): ...",
        "line 3: x.parameter is 'n': it must be left out, as there is nothing to set.",
    ),
    "environment": (
        "@bench.workload('cpu', environment={'A': '{n}'})\ndef x(): ...",
        "line 3: x.environment is '{n}': it must be left out, as there is nothing to set.",
    ),
    "taken": (
        "@bench.workload('cpu')\ndef primes(): ...",
        "line 3: workload is 'primes': it must be",
    ),
    "twice": (FINE + FINE, "line 8: workload is 'fine': it must be a name that no other work has"),
    "name": (
        "def long(): ...\nlong.__name__ = 'x' * 999\nbench.workload('cpu')(long)",
        "line 3 in " + "x" * 60 + ": workload is 'xxx",
    ),
    "endless": (
        "from typing import Annotated\n"
        "@bench.workload('cpu')\n"
        "def x(n: Annotated[float, bench.Between(0.0, float('inf'))] = 1.0): ...",
        "line 4 in x: n.high is inf: it must be a number from -9,007,199,254,740,991 to ",
    ),
}


@pytest.mark.parametrize(("text", "told"), FAULTS.values(), ids=FAULTS)
def test_what_cannot_be_used_is_said_with_file_and_line(own: Own, text: str, told: str) -> None:
    problem = own.problem(text)
    assert problem.startswith(f"mine.py {told}".replace("mine.py nothing", "mine.py: nothing"))
    assert known() == []
    assert find_workload("primes").source is None


@pytest.mark.parametrize("wait", ["while True: pass", "time.sleep(600)"])
def test_an_import_that_does_not_end_is_ended_and_said_where(own: Own, wait: str) -> None:
    own.late_once_noted()
    problem = own.problem(f"open({str(own.note)!r}, 'w').close()\n{wait}")
    assert problem == "mine.py line 4: its import took longer than 20 s and was ended."


SURVIVED = {
    "floods": "for _ in range(300): print('x' * 9_999)",
    "forks": "os.fork()",
    "threads": "threading.Thread(target=time.sleep, args=(600,)).start()",
    "children": "import subprocess; subprocess.Popen(['sleep', '600'])",
    "elsewhere": "os.chdir('/'); os.environ.clear(); sys.stdout = sys.stderr = None",
    "signals": "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)",
    "traces": "sys.settrace(lambda *_: None)",
}


@pytest.mark.parametrize("text", SURVIVED.values(), ids=SURVIVED)
def test_what_a_module_does_beside_is_no_harm_and_nothing_of_it_is_left(
    own: Own, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr("bench.measure.processes.running.GRACE", 0.1)
    monkeypatch.setenv("OWN_TEST", str(own.folder))
    assert own.work(text + "\n" + FINE).title == "Fine work"
    eventually(lambda: not living_with("OWN_TEST", str(own.folder)), "the end of all it started")


def test_of_a_file_only_what_cannot_be_shown_is_left_out(own: Own) -> None:
    wrong = "@bench.workload('cpu', packages=('a.b',))\ndef wrong(): ..."
    assert own.asked(own.file(wrong + "\n" + FINE)) == (
        "mine.py line 3 in wrong: package is 'a.b': it must be a plain name of at most 60 letters, "
        "digits and _.",
    )
    assert [one.name for one in known()] == ["fine"]


def test_texts_become_one_line_that_can_be_printed(own: Own) -> None:
    text = r"""
        @bench.workload("cpu", presets={"a\x1b[31m\nb": {}})
        def hostile(): ...

        hostile.__doc__ = "\u202e<b>Title</b>\x07\n\n[x](javascript:1)\n" + "y" * 9_999
        bench.workload("cpu", presets={"a\x1b[31m\nb": {}})(hostile)
        """
    work = own.work(text)
    assert work.title == "<b>Title</b>"
    assert work.about.startswith("[x](javascript:1) yyy")
    assert len(work.about) <= 1_000
    assert list(work.presets) == ["a [31m b"]


def test_a_name_that_two_files_want_stays_with_the_first_and_both_lines_are_said(own: Own) -> None:
    first, second = own.file(FINE), own.file("x = 1\n" + FINE, "other.py")
    assert own.asked(first, second) == (
        "other.py line 5: workload is 'fine': it must be another name than that of mine.py line 3.",
    )
    (work,) = known()
    assert work.source
    assert work.source.file == first


def test_a_file_is_asked_again_when_what_it_imports_has_changed(own: Own) -> None:
    own.file("TITLE = 'one'", "helper.py")
    file = own.file("""
        import helper
        def fine(): ...
        fine.__doc__ = helper.TITLE
        bench.workload("cpu")(fine)
        """)
    assert own.asked(file) == ()
    assert known()[0].title == "one"
    own.file("TITLE = 'another'", "helper.py")
    assert own.asked(file) == ()
    assert known()[0].title == "another"


def test_a_file_that_was_wrong_is_asked_again_when_it_has_changed(own: Own) -> None:
    assert own.problem("import not_there").startswith("mine.py line 3: ModuleNotFoundError")
    assert own.work(FINE).name == "fine"


def test_a_file_that_has_not_changed_is_not_imported_again(own: Own) -> None:
    file = own.file(f"open({str(own.note)!r}, 'a').write('x')\n{FINE}")
    assert own.asked(file) == own.asked(file) == own.asked(file, file) == ()
    assert own.note.read_text() == "x"


def test_the_setting_names_files_and_modules(own: Own, monkeypatch: pytest.MonkeyPatch) -> None:
    (own.folder / "package").mkdir()
    own.file(FINE)
    own.file("", "package/__init__.py")
    own.file(FINE.replace("fine", "fair"), "package/work.py")
    monkeypatch.syspath_prepend(str(own.folder))
    monkeypatch.setenv("BENCH_WORKLOADS", f"{own.folder}/mine.py, package.work,")
    assert own.asked() == ()
    assert [one.name for one in known()] == ["fine", "fair"]
    assert [one.source.label for one in known() if one.source] == ["mine.py", "package.work"]


def test_only_the_child_imports_it(own: Own) -> None:
    own.work(f"open({str(own.note)!r}, 'a').write(f'{{os.getpid()}} ')\n{FINE}")
    draft("fine", executors={"threads": {}}, workers=[2])
    (pid,) = own.note.read_text().split()
    assert int(pid) != os.getpid()


def test_a_task_and_items_make_work_of_their_own(own: Own) -> None:
    file = own.file("""
        def task(number):
            "Halve a number."
            return number / 2
        async def atask(number): ...
        items = [1, 2]
        """)
    work = function_work(f"{file}:task", f"{file}:items")
    assert (work.name, work.title, work.kind) == ("mine.py:task", "Halve a number.", "cpu")
    assert work.parameters({}) == {"items": "mine.py:items"}
    assert function_work(f"{file}:atask", f"{file}:items").kind == "io"
    assert function_work(f"{file}:task", f"{file}:items", "mixed").kind == "mixed"


@pytest.mark.parametrize(
    ("task", "items", "told"),
    [
        ("tusk", "items", "mine.py: there is no tusk: there is task, items, needy."),
        ("items", "items", "mine.py: items is of type int: it must be a function of one item."),
        ("task", "items", "mine.py: items is of type int: it must be a list, or a function that "),
        ("task", "needy", "mine.py: needy gives items, but asks for something (missing a required"),
    ],
)
def test_names_that_are_no_task_or_no_items_are_said(
    own: Own, task: str, items: str, told: str
) -> None:
    file = own.file("def task(item): ...\nitems = 5\ndef needy(how): ...")
    with pytest.raises(Broken) as broken:
        function_work(f"{file}:{task}", f"{file}:{items}")
    assert str(broken.value).startswith(told)
