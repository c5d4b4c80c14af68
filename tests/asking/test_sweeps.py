"""What a plan may vary: which names and values, and what is refused."""

from typing import Any

import pytest

from bench.asking.plans import draft, plan_from_json
from bench.asking.sweeps import sweepable
from bench.errors import Refused
from bench.executors import find_executor
from bench.measure.trials import trials
from bench.plan import Plan
from bench.workloads import find_workload
from tests.build import a_plan


def refusal(name: str, values: Any, executors: tuple[str, ...] = ("threads",)) -> str:
    with pytest.raises(Refused) as refused:
        a_plan(executors=executors, parameters={}, sweep=(name, values))
    return str(refused.value)


LIMITS = a_plan(executors=["threads"], parameters={}, sweep=("limit", [1_000, 2_000]))
CHUNKS = a_plan(executors=["threads", "pool"], sweep=("chunk", ["one", 10]))
STARTS = a_plan(executors=["processes"], sweep=("start_method", ["fork", "spawn"]))


def names(*executors: str) -> list[str]:
    work = find_workload("blend")
    return list(sweepable(work, [find_executor(name) for name in executors]))


def test_parameters_and_the_options_that_all_executors_share_can_be_swept() -> None:
    assert names("threads", "processes") == ["chunk", "count", "length", "share"]
    assert "start_method" in names("processes", "pool")
    assert names("threads", "asyncio") == ["count", "length", "share"]


@pytest.mark.parametrize("plan", [LIMITS, CHUNKS, STARTS])
def test_a_plan_that_sweeps_comes_back_from_its_json(plan: Plan) -> None:
    assert plan_from_json(plan.as_json()) == plan
    assert Plan.restored(plan.as_json()) == plan


def test_a_swept_parameter_has_no_other_value() -> None:
    assert LIMITS.parameters == {}
    assert [LIMITS.parameters_of(one) for one in LIMITS.line_up] == [
        {"limit": 1_000},
        {"limit": 1_000},
        {"limit": 2_000},
        {"limit": 2_000},
        {"limit": 1_000},
        {"limit": 2_000},
    ]


def test_a_swept_option_is_in_the_options_of_each_contender() -> None:
    assert all(CHUNKS.parameters_of(one) == CHUNKS.parameters for one in CHUNKS.line_up)
    assert [one.options["chunk"] for one in CHUNKS.contenders] == ["one", 10] * 2
    assert {one.at for one in CHUNKS.contenders} == {"one", 10}


def test_swept_plans_differ_in_their_fingerprints() -> None:
    other = a_plan(executors=["threads"], parameters={}, sweep=("limit", [1_000, 3_000]))
    assert other.fingerprint != LIMITS.fingerprint


def test_what_cannot_be_swept_is_refused_with_what_can() -> None:
    said = refusal("chnk", [1, 2])
    assert said == "sweep is 'chnk': it must be one of chunk, limit."
    assert "one of limit" in refusal("chunk", [1, 2], ("threads", "asyncio"))


@pytest.mark.parametrize(
    "values", [[], [1_000], [1_000, 1_000], [1_000, 1_000.0], range(1_000, 1_040)]
)
def test_a_sweep_takes_several_values_each_once_and_not_too_many(values: Any) -> None:
    said = refusal("limit", list(values))
    assert said.startswith("sweep.limit is ")
    assert "2 to 32 values, each named once" in said


@pytest.mark.parametrize("values", [[1, 1_000], [1_000, "x"], [1_000, None], [1_000, [1]]])
def test_each_value_is_checked_like_the_parameter(values: Any) -> None:
    assert refusal("limit", values).startswith("primes.limit is ")


def test_an_option_s_values_are_checked_by_its_executor() -> None:
    assert refusal("chunk", ["one", "two"]).startswith("threads.chunk is 'two'")
    assert refusal("chunk", ["one", None]).startswith("sweep.chunk is None")
    assert "cannot be replaced" in refusal("tasks_a_child", [0, 5], ("processes",))


def test_a_parameter_cannot_be_set_and_swept() -> None:
    with pytest.raises(Refused, match=r"primes\.limit is 5000: it must be left out; it is swept"):
        draft(
            "primes",
            executors={"threads": {}},
            workers=[1],
            parameters={"limit": 5_000},
            sweep=("limit", [1_000, 2_000]),
        )


def changed(plan: Plan, **contender: Any) -> dict[str, Any]:
    plain = plan.as_json()
    plain["contenders"][0] |= contender
    return plain


@pytest.mark.parametrize(
    ("plain", "field"),
    [
        (changed(LIMITS, at=3_000), "contender.at"),
        (changed(LIMITS, at=None), "contender.at"),
        (changed(LIMITS, at=True), "contender.at"),
        (changed(a_plan(), at=5), "contender.at"),
        (changed(CHUNKS, options={"chunk": 3}), "threads.chunk"),
        (LIMITS.as_json() | {"sweep": 3}, "sweep"),
        (LIMITS.as_json() | {"sweep": {"name": "limit"}}, "sweep"),
        (LIMITS.as_json() | {"sweep": {"name": ["limit"], "values": [1, 2]}}, "sweep"),
        (LIMITS.as_json() | {"sweep": {"name": "limit", "values": 5}}, "sweep.limit"),
        (
            LIMITS.as_json() | {"sweep": {"name": "limit", "values": [1_000, 2_000], "of": "x"}},
            "sweep.of",
        ),
    ],
)
def test_a_file_s_sweep_is_refused_in_a_sentence_unless_it_fits(plain: Any, field: str) -> None:
    with pytest.raises(Refused) as refused:
        plan_from_json(plain)
    assert refused.value.field == field


def test_a_real_trial_does_the_work_of_its_swept_value() -> None:
    with trials(LIMITS, seconds=60, stopping=lambda: False) as trial:
        answers = {one.name: trial(one, 1, 0) for one in LIMITS.contenders}
    told = {name: getattr(sample, "answer", None) for name, sample in answers.items()}
    assert told == {"threads × 2 at limit 1,000": "168", "threads × 2 at limit 2,000": "303"}
