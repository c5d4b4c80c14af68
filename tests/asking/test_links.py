"""The form in a link: what it says is read back whole, and anything else is told in a sentence."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.asking.links import picked_from, query_of, query_of_plan
from bench.asking.picked import drafted, picked_of
from bench.errors import Refused
from bench.plan import PRECISIONS
from bench.workloads import Workload
from tests.build import a_plan
from tests.drawn import WORKLOADS, drawn_plan

Query = dict[str, list[str]]


@settings(max_examples=50)
@given(
    data=st.data(),
    workload=st.sampled_from(WORKLOADS),
    precision=st.sampled_from(list(PRECISIONS)),
)
def test_the_link_of_a_plan_fills_in_that_plan_but_for_the_seed(
    data: st.DataObject, workload: Workload, precision: str
) -> None:
    plan = drawn_plan(data, workload, precision=precision, ceiling=False)
    query = query_of_plan(plan)
    assert query
    picked = picked_from(query)
    assert replace(drafted(picked), seed=plan.seed) == plan
    assert query_of(picked) == query


QUERY = query_of_plan(a_plan()) or {}


def test_every_field_is_written_out_by_name_with_a_version() -> None:
    assert QUERY["form"] == ["1"]
    assert QUERY["work.limit"] == ["1000"]
    assert QUERY["way"] == ["threads", "processes"]
    assert QUERY["threads.chunk"] == ["many"]
    assert {"processes.start_method", "processes.chunk", "processes.tasks_a_child"} <= set(QUERY)
    assert (QUERY["workers"], QUERY["precision"]) == (["2"], ["standard"])


def without(name: str) -> Callable[[Query], Query]:
    return lambda query: {key: value for key, value in query.items() if key != name}


def having(**fields: str | list[str]) -> Callable[[Query], Query]:
    given = {
        name.replace("__", "."): [value] if isinstance(value, str) else value
        for name, value in fields.items()
    }
    return lambda query: {**query, **given}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (having(form="2"), "link.form is '2': it must be 1; it comes from another version"),
        (having(work="knitting"), "workload is 'knitting'"),
        (having(work__limit="7"), "work.limit is '7': it must be a whole number from 1,000"),
        (having(work__limit=["1000", "2000"]), "link.work.limit is '1000, 2000': it must be given"),
        (having(way="rockets"), "executor is 'rockets'"),
        (having(processes__start_method="jump"), "processes.start_method is 'jump'"),
        (having(workers="two"), "link.workers is 'two': it must be whole numbers"),
        (having(workers="0"), "threads.workers is 0"),
        (having(workers=["2", "2"]), "link.workers is '2, 2': it must be values that differ"),
        (having(interpreter="3.99"), "interpreter is '3.99'"),
        (having(precision="exact"), "precision is 'exact'"),
        (having(sweep="nonsense"), "link.sweep is 'nonsense': it must be one of"),
        (having(sweep="limit"), "link.over is None: it must be given"),
        (having(colour="red"), "link is 'colour': it must be one of form, work"),
        (having(loky__chunk="many"), "link is 'loky.chunk'"),
        (without("threads.chunk"), "link.threads.chunk is None: it must be given; the link may"),
        (without("precision"), "link.precision is None"),
        (without("way"), "link.way is None"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(
    change: Callable[[Query], Query], told: str
) -> None:
    with pytest.raises(Refused) as refusal:
        picked_from(change(QUERY))
    assert str(refusal.value).startswith(told)


def test_an_option_that_is_swept_is_written_as_its_values_alone() -> None:
    plan = a_plan(sweep=("chunk", ["one", "even"]))
    query = query_of_plan(plan) or {}
    assert "threads.chunk" not in query
    assert (query["sweep"], query["over"]) == (["chunk"], ["one", "even"])
    assert picked_of(plan) == picked_from(query)


def test_a_plan_that_the_form_cannot_say_has_no_link() -> None:
    threads, processes = a_plan().contenders
    uneven = replace(a_plan(), contenders=(threads, replace(processes, workers=3)))
    assert query_of_plan(uneven) is None
    assert query_of_plan(a_plan(executors=["sequential"])) is None
