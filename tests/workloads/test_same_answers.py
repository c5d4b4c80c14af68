"""One answer, whoever computes it: here, in threads, in other processes, on an event loop."""

import gc
import pickle
from collections.abc import Mapping
from typing import Any, NamedTuple

import pytest

from bench.answers import answer_text
from bench.executors import find_executor
from bench.executors.seam import Map
from bench.work import Work
from bench.workloads import Workload, all_workloads
from tests.workloads.ways import on_a_loop, work_of

AWAITING = ("pages", "connections", "waiting", "scrape", "blend")


class Case(NamedTuple):
    """A few short tasks, and the answer of every interpreter; images are of their Pillow."""

    workload: str
    parameters: Mapping[str, object]
    answer: str | None


CASES = [
    Case("primes", {"limit": 5_000}, "669"),
    Case("fibonacci", {"first": 0, "step": 700, "count": 5}, "[1, 146, 293, 439, 585]"),
    Case(
        "json",
        {"count": 5, "records": 20},
        "[1578570801, 1191978352, 1814132403, 1966753778, 981193013]",
    ),
    Case(
        "words",
        {"count": 5, "length": 200},
        "[[200, 140, 26], [200, 140, 26], [201, 141, 26], [201, 141, 26],"
        "… (sha256 53761f5e10bea0615e80cdc29bc8bcb7)",
    ),
    Case(
        "sha256",
        {"count": 5, "size": 3_000},
        '"0d6912b747c0d1df27efaf4508164d25d515f55ab78198ad6513f40fc9b3b6c'
        "… (sha256 b9fa8772d2e7b2bee13251ca1d495f65)",
    ),
    Case(
        "zlib",
        {"count": 5, "size": 3_000},
        "[[3008, 3062989282], [3008, 452512726], [3008, 892474315], [3008"
        "… (sha256 17ad5bcc856977e1dece0e02222b1be5)",
    ),
    Case(
        "dataframe",
        {"operation": "groupby", "count": 5, "rows": 2_000},
        "[4923752027, 4923752027, 4923723507, 4923671489, 4923600995]",
    ),
    Case(
        "dataframe",
        {"operation": "sort", "count": 5, "rows": 2_000},
        "[2985, 2112, 1776, -888, -1552]",
    ),
    Case(
        "dataframe",
        {"operation": "apply", "count": 5, "rows": 2_000},
        "[250930673, 250930673, 250902153, 250850135, 250779641]",
    ),
    Case("matmul", {"count": 5, "size": 30}, "[546750, 668250, 789750, 911250, 1032750]"),
    Case(
        "ufunc", {"count": 5, "size": 300, "loops": 2}, "[135751, 136648, 137545, 138442, 139339]"
    ),
    Case(
        "kmeans",
        {"chunks": 5, "points": 300, "clusters": 4},
        "[[95.71428571428571, 97.61904761904762, 44.285714285714285, 20.4"
        "… (sha256 c47bbd645bd2fdd07c00ce7287b2a4ff)",
    ),
    Case("images", {"count": 5, "width": 80}, None),
    Case(
        "pages",
        {"count": 5, "delay": 0.0, "size": 300},
        '[[300, "288a376f70b80aa253835e3527817b67ab8b7fb0a91883d3605be918'
        "… (sha256 0f3c319f5559db2d9de4335b0cd35af6)",
    ),
    Case(
        "connections",
        {"count": 20, "delay": 0.0},
        '[[200, "3bb033a69e5ba603962265a841cd95b7194ef386be5b216ea42c1291'
        "… (sha256 a46a75d2f1300827c0c40ad0df3b6cfb)",
    ),
    Case(
        "files",
        {"count": 5, "size": 3_000},
        "[[3008, 2952285083], [3008, 59834799], [3008, 744217010], [3008,"
        "… (sha256 20a06ca48123a90cacc335e3619ac1c8)",
    ),
    Case("waiting", {"count": 5, "delay": 0.001}, "10"),
    Case(
        "scrape",
        {"count": 5, "delay": 0.0, "size": 300},
        '[["288a376f70b80aa253835e3527817b67ab8b7fb0a91883d3605be918c2ca3'
        "… (sha256 0fae3abee83725ef7aa9802e7d658d77)",
    ),
    Case("blend", {"count": 5, "length": 0.2, "share": 50.0}, "50727094"),
    Case("tiny", {"count": 100}, "5050"),
    Case("spin", {"count": 5, "length": 10.0}, "17686720"),
]


def called(case: Case) -> str:
    return f"{case.workload} {case.parameters.get('operation', '')}".strip()


EACH = pytest.mark.parametrize("work", CASES, ids=called, indirect=True)
NAMED = pytest.mark.parametrize("workload", all_workloads().values(), ids=lambda one: one.name)


@pytest.fixture
def work(request: pytest.FixtureRequest, server: str) -> Work[Any, Any]:
    """The work of a case."""
    return work_of(request.param.workload, server, **request.param.parameters)


def alone(work: Work[Any, Any]) -> str:
    return answer_text(work.reduce(map(work.task, work.items)))


def test_every_workload_is_among_them() -> None:
    assert {case.workload for case in CASES} == set(all_workloads())


@pytest.mark.parametrize("case", CASES, ids=called)
def test_it_knows_how_many_tasks_it_makes(case: Case, server: str) -> None:
    workload = all_workloads()[case.workload]
    work = work_of(case.workload, server, **case.parameters)
    assert workload.tasks
    assert workload.tasks(**workload.parameters(case.parameters)) == len(work.items)


@pytest.mark.parametrize("case", CASES, ids=called)
def test_the_answer_is_that_of_every_interpreter(case: Case, server: str) -> None:
    work = work_of(case.workload, server, **case.parameters)
    assert alone(work) == alone(work)
    assert case.answer in (None, alone(work))


@EACH
def test_threads_give_the_same_answer(work: Work[Any, Any]) -> None:
    with find_executor("threads").open(4, chunk="one") as run:
        assert answer_text(work.reduce(run(work.task, work.items))) == alone(work)


@EACH
def test_processes_give_the_same_answer(work: Work[Any, Any], in_processes: Map) -> None:
    assert answer_text(work.reduce(in_processes(work.task, work.items))) == alone(work)


@pytest.mark.parametrize(
    "work", [case for case in CASES if case.workload in AWAITING], ids=called, indirect=True
)
def test_coroutines_give_the_same_answer(work: Work[Any, Any]) -> None:
    assert work.atask
    assert answer_text(work.reduce(on_a_loop(work.atask, work.items))) == alone(work)
    gc.collect()  # what is left open warns when it is collected, and a warning is an error


@EACH
def test_tasks_differ_in_their_results(work: Work[Any, Any]) -> None:
    results = {answer_text(work.task(item)) for item in work.items}
    assert len(results) > 1


@NAMED
def test_every_preset_builds_items_that_are_small_to_send(workload: Workload, server: str) -> None:
    for preset in workload.presets:
        resources = dict.fromkeys(workload.resources, server)
        work = workload.build(**workload.parameters({}, preset), **resources)
        items = list(work.items)
        assert len(pickle.dumps(items)) < 100 * len(items) + 200


@NAMED
def test_the_estimate_grows_with_the_work(workload: Workload) -> None:
    assert workload.seconds
    presets = [workload.seconds(**workload.parameters({}, name)) for name in workload.presets]
    assert all(0 < seconds < 300 for seconds in presets)
    sizes = {"limit", "count", "chunks"} & {field.name for field in workload.form}
    small = workload.parameters({})
    more = workload.parameters({name: int(small[name]) + 1 for name in sizes})
    assert workload.seconds(**small) < workload.seconds(**more)


@NAMED
def test_it_says_what_it_is_in_a_few_sentences(workload: Workload) -> None:
    assert 1 <= workload.about.count(". ") + workload.about.count(".") <= 8
    assert workload.about.endswith(".")


@NAMED
def test_a_python_without_its_packages_is_told(
    workload: Workload, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert workload.missing() is None
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    needed = " and no ".join(workload.packages)
    assert workload.missing() == (f"This Python has no {needed}." if needed else None)
