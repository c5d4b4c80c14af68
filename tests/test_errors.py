"""Refusals: one plain sentence each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.errors import Refused, shown


def test_a_refusal_names_field_value_bound_and_remedy() -> None:
    assert str(Refused("workers", 0, "at least 1")) == "workers is 0: it must be at least 1."
    assert str(Refused("workers", 0, "at least 1", "such as 2")) == (
        "workers is 0: it must be at least 1; such as 2."
    )


@pytest.mark.parametrize(
    "value", ["\x1b[2J", "line\nbreak", "\u202eright to left", "\N{ZERO WIDTH SPACE}", "é" * 99]
)
def test_values_are_shown_on_one_line_without_control_codes(value: object) -> None:
    assert shown(value).isprintable()
    assert shown(value).isascii()
    assert len(shown(value)) <= 60


def test_a_number_with_more_digits_than_python_spells_can_be_shown() -> None:
    assert "int" in shown(10**5_000)


@given(st.text() | st.floats() | st.integers() | st.lists(st.text()) | st.binary())
def test_anything_can_be_shown(value: object) -> None:
    assert shown(value).isprintable()
    assert len(shown(value)) <= 60
