"""A description is data that own code has had in hand: what it may hold, and what it may not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.errors import Refused
from bench.forms import Between, OneOf
from bench.measure.own.descriptions import NONSENSE, workload_from
from bench.measure.own.sources import Place

PLACE = Place("mine.py", "mine", "/home/ada/mine.py", "/home/ada")

NUMBER = {"name": "n", "types": ["int"], "default": 3, "low": 1, "high": 9, "unit": "", "help": ""}
CHOICE = {"name": "c", "types": ["str"], "default": "a", "choices": ["a", "b"], "help": ""}

GOOD: dict[str, Any] = {
    "name": "photos",
    "title": "Shrink photos",
    "about": "",
    "kind": "cpu",
    "form": [NUMBER, CHOICE],
    "presets": {"small": {"n": 2}},
    "packages": ["PIL"],
    "resources": ["server"],
    "staged": False,
    "environment": {"OMP_NUM_THREADS": "{n}"},
    "file": "/home/ada/mine.py",
    "line": 9,
}


def test_a_good_description_becomes_a_workload_of_that_source() -> None:
    work = workload_from(GOOD, PLACE, ["/home/ada/mine.py", "/home/ada/helper.py"])
    assert [field.bounds for field in work.form] == [(Between(1, 9),), (OneOf("a", "b"),)]
    assert work.presets == {"small": {"n": 2, "c": "a"}}
    assert work.source
    assert (work.source.label, work.source.line) == ("mine.py", 9)
    assert work.source.names == {"module": "mine", "workload": "photos"}
    assert work.source.folders == ("/home/ada",)


def test_a_whole_number_stays_one_and_another_becomes_a_float() -> None:
    ends = [
        workload_from(GOOD | {"form": [NUMBER | more], "presets": {}}, PLACE, []).form[0].bounds
        for more in ({}, {"types": ["float"], "default": 3.0})
    ]
    assert repr(ends) == repr([(Between(1, 9),), (Between(1.0, 9.0),)])


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"name": "__main__"}, "workload is '__main__': it must be a plain name of at most 60"),
        ({"name": "x" * 61}, "workload is "),
        ({"name": "class"}, "workload is 'class'"),
        ({"kind": "gpu"}, "kind is 'gpu': it must be one of cpu, native, io, mixed, tiny."),
        ({"packages": ["os.path"]}, "package is 'os.path'"),
        ({"packages": ["__main__"]}, "package is '__main__'"),
        ({"packages": ["x"] * 51}, "packages is '51 of them': it must be at most 50."),
        ({"resources": ["database"]}, "resource is 'database': it must be one of server."),
        ({"environment": {"A=B": ""}}, "environment is 'A=B'"),
        ({"presets": {"small": {"n": 99}}}, "n is 99: it must be a whole number from 1 to 9."),
        ({"presets": {"small": {"m": 1}}}, "parameter is 'm': it must be one of n, c."),
        ({"form": [NUMBER | {"name": "a b"}]}, "parameter is 'a b'"),
        ({"form": [NUMBER | {"default": 99}]}, "n is 99"),
        ({"form": [NUMBER | {"default": True}]}, "n is True"),
        ({"form": [NUMBER | {"high": 10**400}]}, "n.high is 1000000000"),
        ({"form": [NUMBER | {"high": float("inf")}]}, "n.high is inf: it must be a whole number"),
        ({"form": [NUMBER | {"low": float("nan")}]}, "n.low is nan: it must be a whole number"),
        ({"form": [NUMBER | {"low": 0.5}]}, "n.low is 0.5: it must be a whole number from -9,"),
        ({"form": [CHOICE | {"choices": ["a"] * 51}]}, "c.choices is '51 of them'"),
        ({"form": [CHOICE | {"default": "z"}]}, "c is 'z': it must be one of a, b."),
        ({"form": [NUMBER] * 51}, "parameters is '51 of them': it must be at most 50."),
    ],
)
def test_what_no_page_could_show_is_refused(more: dict[str, Any], told: str) -> None:
    with pytest.raises(Refused) as refusal:
        workload_from(GOOD | {"presets": {}} | more, PLACE, [])
    assert str(refusal.value).startswith(told)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.sampled_from(list(GOOD)), JSON)
def test_whatever_it_holds_it_is_a_workload_or_no_description(key: str, value: object) -> None:
    try:
        work = workload_from(GOOD | {key: value}, PLACE, [])
    except NONSENSE:
        return
    assert work.name.isidentifier()
    assert (work.title + work.about).isprintable()
    assert work.parameters({}) == {field.name: field.default for field in work.form}


def test_a_description_without_something_is_none() -> None:
    for key in GOOD:
        with pytest.raises(KeyError):
            workload_from({name: GOOD[name] for name in GOOD if name != key}, PLACE, [])
