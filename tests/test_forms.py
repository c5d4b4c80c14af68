"""A function's signature as a form, and what its fields accept."""

import math
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.errors import Refused, shown
from bench.forms import Between, Field, Form, OneOf, filled, form_of
from tests.build import outcome


def build(
    limit: Annotated[int, Between(10, 1_000), "Count below this."] = 100,
    delay: Annotated[float, Between(0.0, 2.5, "s")] = 0.5,
    mode: Annotated[str, OneOf("fast", "slow")] = "fast",
    chunk: Annotated[int | str, OneOf("even"), Between(1, 9)] = "even",
    *,
    server: str = "",
) -> None:
    """Some work"""


FORM = form_of(build)
LIMIT, DELAY, MODE, CHUNK = FORM


def refusal(field: Field, value: object) -> str:
    with pytest.raises(Refused) as refused:
        field.checked(value)
    return str(refused.value)


def test_parameters_become_fields_and_keyword_only_ones_do_not() -> None:
    assert [field.name for field in FORM] == ["limit", "delay", "mode", "chunk"]


def test_annotations_become_bounds_and_help() -> None:
    assert Field("limit", (int,), 100, (Between(10, 1_000),), "Count below this.") == LIMIT
    assert Field("chunk", (int, str), "even", (OneOf("even"), Between(1, 9)), "") == CHUNK


def test_keyword_only_parameters_can_be_a_form_of_their_own() -> None:
    def opened(workers: int, *, size: Annotated[int, Between(1, 9)] = 3) -> None: ...

    assert [field.name for field in form_of(opened, keyword_only=True)] == ["size"]


def test_self_and_workers_are_no_fields() -> None:
    class Executor:
        def open(self, workers: int, size: Annotated[int, Between(1, 9)] = 3) -> None: ...

    assert [field.name for field in form_of(Executor.open)] == ["size"]


def no_default(size: Annotated[int, Between(1, 9)]) -> None: ...
def no_bound(size: int = 3) -> None: ...
def no_annotation(size=3) -> None: ...  # type: ignore[no-untyped-def]


@pytest.mark.parametrize("function", [no_default, no_bound, no_annotation])
def test_a_signature_without_default_or_bound_is_no_form(function: Any) -> None:
    with pytest.raises(TypeError, match="size"):
        form_of(function)


def test_a_default_out_of_its_bounds_is_refused() -> None:
    def wrong(size: Annotated[int, Between(1, 9)] = 10) -> None: ...

    with pytest.raises(Refused):
        form_of(wrong)


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        (LIMIT, 10, 10),
        (LIMIT, 1_000, 1_000),
        (LIMIT, 20.0, 20),
        (DELAY, 0, 0.0),
        (DELAY, 2.5, 2.5),
        (MODE, "slow", "slow"),
        (CHUNK, "even", "even"),
        (CHUNK, 9, 9),
        (CHUNK, 9.0, 9),
    ],
)
def test_values_within_bounds_are_accepted_in_the_fields_own_type(
    field: Field, value: object, expected: object
) -> None:
    accepted = field.checked(value)
    assert accepted == expected
    assert type(accepted) is type(expected)


NOTHING_OF_THE_KIND = [
    None,
    True,
    False,
    math.nan,
    math.inf,
    -math.inf,
    1e308,
    10**400,
    10**5_000,
    "",
    "100",
    "NaN",
    "1e999",
    b"100",
    [],
    [100],
    {},
    {"a": 1},
    100 + 0j,
]


@pytest.mark.parametrize("value", NOTHING_OF_THE_KIND, ids=shown)
@pytest.mark.parametrize("field", FORM, ids=lambda field: field.name)
def test_values_of_no_sense_are_refused(field: Field, value: object) -> None:
    said = refusal(field, value)
    assert said.startswith(f"{field.name} is ")
    assert field.told() in said
    assert "\n" not in said


@pytest.mark.parametrize("value", [9, 1_001, 9.5, 10.5, -10, 0])
def test_numbers_out_of_bounds_are_refused(value: float) -> None:
    assert refusal(LIMIT, value) == (
        f"limit is {value!r}: it must be a whole number from 10 to 1,000."
    )


def test_a_refusal_names_the_unit_and_each_of_several_bounds() -> None:
    assert refusal(DELAY, 3) == "delay is 3: it must be a number from 0 to 2.5 s."
    assert refusal(MODE, "middling") == "mode is 'middling': it must be one of fast, slow."
    assert refusal(CHUNK, 0) == "chunk is 0: it must be one of even or a whole number from 1 to 9."


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        (LIMIT, "100", 100),
        (DELAY, "1.5", 1.5),
        (DELAY, "1", 1.0),
        (DELAY, "1e-3", 0.001),
        (MODE, "slow", "slow"),
        (CHUNK, "even", "even"),
        (CHUNK, "7", 7),
    ],
)
def test_texts_are_read_as_the_fields_type(field: Field, text: str, expected: object) -> None:
    read = field.read(text)
    assert read == expected
    assert type(read) is type(expected)


@pytest.mark.parametrize(
    "text", ["", " ", "nan", "inf", "-inf", "1e999", "1.5.1", "ten", "0x10", "9" * 6_000, "\x1b[2J"]
)
@pytest.mark.parametrize("field", FORM, ids=lambda field: field.name)
def test_texts_of_no_sense_are_refused_in_one_line(field: Field, text: str) -> None:
    with pytest.raises(Refused) as refused:
        field.read(text)
    assert str(refused.value).isprintable()


def test_a_text_that_is_no_whole_number_is_refused_as_it_was_written() -> None:
    with pytest.raises(Refused, match=r"^primes\.limit is '1\.5': it must be a whole number"):
        LIMIT.read("1.5", "primes.")


def test_a_form_is_filled_with_defaults() -> None:
    assert filled(FORM, {"limit": 11}) == {
        "limit": 11,
        "delay": 0.5,
        "mode": "fast",
        "chunk": "even",
    }


def test_an_unknown_name_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused) as refused:
        filled(FORM, {"limits": 11}, "work.")
    assert str(refused.value) == (
        "work.parameter is 'limits': it must be one of limit, delay, mode, chunk."
    )


def test_an_empty_form_says_that_there_is_nothing_to_set() -> None:
    with pytest.raises(Refused, match="nothing to set"):
        filled((), {"limit": 1})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=5,
)


@given(st.sampled_from(FORM), JSON)
def test_any_value_is_accepted_within_bounds_or_refused(field: Field, value: object) -> None:
    accepted = outcome(field.checked, value)
    if isinstance(accepted, Refused):
        assert str(accepted).isprintable()
    else:
        assert any(bound.holds(accepted) for bound in field.bounds)
        assert isinstance(accepted, field.kinds)


@given(st.sampled_from(FORM), st.text(max_size=30))
def test_any_text_is_read_within_bounds_or_refused(field: Field, text: str) -> None:
    read = outcome(field.read, text)
    if isinstance(read, Refused):
        assert str(read).isprintable()
    else:
        assert any(bound.holds(read) for bound in field.bounds)


@given(st.dictionaries(st.sampled_from([*(field.name for field in FORM), "other"]), JSON))
def test_any_values_fill_a_form_or_are_refused(values: dict[str, object]) -> None:
    whole = outcome(lambda given: filled(FORM, given), values)
    assert isinstance(whole, Refused) or set(whole) == {field.name for field in FORM}


def test_fields_are_plain_data_for_other_programs() -> None:
    assert LIMIT.as_json() == {
        "name": "limit",
        "types": ["int"],
        "default": 100,
        "low": 10,
        "high": 1_000,
        "unit": "",
        "help": "Count below this.",
    }
    assert MODE.as_json()["choices"] == ["fast", "slow"]


def test_a_bound_holds_for_its_ends() -> None:
    between: Form = (Field("n", (int,), 1, (Between(1, 3),)),)
    assert [filled(between, {"n": value})["n"] for value in (1, 2, 3)] == [1, 2, 3]
