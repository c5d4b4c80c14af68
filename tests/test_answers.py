"""Answers as text: equal for equal answers only, whatever they are made of."""

import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bench.answers import answer_text, first_difference
from bench.errors import Broken
from bench.measure.processes.running import ROOT

LONGEST = 64 + len("… (sha256 )") + 32


@pytest.mark.parametrize(
    ("answer", "text"),
    [(17_984, "17984"), ([1, 2], "[1, 2]"), ("déjà", '"déjà"'), (None, "null"), (1.5, "1.5")],
)
def test_a_short_answer_is_its_own_text(answer: object, text: str) -> None:
    assert answer_text(answer) == text


def test_a_long_answer_is_its_beginning_and_a_digest_of_all() -> None:
    one, other = answer_text([*range(100), 1]), answer_text([*range(100), 2])
    assert one.startswith("[0, 1, 2, 3, 4, 5, ")
    assert "… (sha256 " in one
    assert one != other


def test_a_dictionarys_order_does_not_matter() -> None:
    assert answer_text({"a": 1, "b": 2}) == answer_text({"b": 2, "a": 1})
    assert answer_text({(1, 2): 3, None: 4}) == answer_text({None: 4, (1, 2): 3})


@pytest.mark.parametrize("answer", ["\ud800", "\u202e", "\N{ZERO WIDTH SPACE}"])
def test_an_answer_that_cannot_be_printed_is_a_digest(answer: str) -> None:
    assert answer_text(answer).startswith('"?"… (sha256 ')


@given(st.text() | st.lists(st.integers()), st.text() | st.lists(st.integers()))
def test_texts_are_equal_only_for_equal_answers(one: object, other: object) -> None:
    assert (answer_text(one) == answer_text(other)) == (one == other)


@given(st.text())
def test_every_text_is_short_printable_and_can_be_stored(answer: str) -> None:
    text = answer_text(answer)
    assert len(text) <= LONGEST
    assert text.isprintable()
    assert text.encode()


@dataclass
class Photo:
    width: int
    pixels: object


class Plain:
    """An object whose `repr` is its address."""

    def __init__(self, value: object) -> None:
        self.value = value


class Colour(Enum):
    RED = 1
    BLUE = 2


# Two of each that are equal but not the same, and one that is another.
ALIKE: list[tuple[Any, Any, Any]] = [
    ({"a", "b"}, {"b", "a"}, {"a", "c"}),
    (Plain([1]), Plain([1]), Plain([2])),
    (Photo(1, b"x" * 999), Photo(1, b"x" * 999), Photo(1, b"x" * 998 + b"y")),
    (np.arange(5_000.0), np.arange(5_000.0), np.arange(5_000.0) + (np.arange(5_000) == 2_500)),
    (np.zeros((2, 3)), np.zeros((2, 3)), np.zeros((3, 2))),
    (np.int64(3), np.int64(3), np.int64(4)),
    (pd.DataFrame({"a": range(99)}), pd.DataFrame({"a": range(99)}), pd.DataFrame({"b": [1]})),
    (Image.new("L", (9, 9), 1), Image.new("L", (9, 9), 1), Image.new("L", (9, 9), 2)),
    (Decimal("1.50"), Decimal("1.50"), Decimal("1.51")),
    (Fraction(1, 3), Fraction(1, 3), Fraction(1, 4)),
    (date(2026, 1, 2), date(2026, 1, 2), date(2026, 1, 3)),
    (Colour.RED, Colour.RED, Colour.BLUE),
    (ValueError("x", 1), ValueError("x", 1), ValueError("x", 2)),
]


@pytest.mark.parametrize(("one", "same", "other"), ALIKE, ids=range(len(ALIKE)))
def test_what_json_does_not_know_is_compared_by_what_it_is_made_of(
    one: object, same: object, other: object
) -> None:
    assert answer_text([one]) == answer_text([same])
    assert answer_text([one]) != answer_text([other])


def test_texts_are_the_same_in_every_process() -> None:
    code = (
        "from tests.test_answers import ALIKE, answer_text\n"
        "print([answer_text([one]) for one, _, _ in ALIKE])"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1]


HOLDS_ITSELF: list[object] = []
HOLDS_ITSELF.append(HOLDS_ITSELF)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ([(number for number in range(3))], "the answer holds builtins.generator, which cannot be"),
        ([Plain(threading.Lock())], "the answer holds _thread.lock, which cannot be compared"),
        (HOLDS_ITSELF, "the answer is too deep to be compared, or holds itself; let the task"),
    ],
)
def test_what_cannot_be_compared_is_said_with_what_to_do(answer: object, told: str) -> None:
    with pytest.raises(Broken) as broken:
        answer_text(answer)
    assert str(broken.value).startswith(told)
    assert "give numbers, texts, or lists" in str(broken.value)


def test_the_first_result_that_differs_is_found() -> None:
    assert first_difference([1, 2, 3], [1, 5, 6]) == (1, "2", "5")
    assert first_difference([1, 2], [1, 2]) is None
