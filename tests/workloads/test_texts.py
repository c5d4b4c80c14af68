"""Generated text, JSON and counted words, against the plain way to each."""

import hashlib
import json
import re
from binascii import crc32
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.workloads.prose import WORDS, prose, turned
from bench.workloads.texts import count_words, document, record
from tests.workloads.ways import answer_of


def test_there_are_a_thousand_different_words() -> None:
    assert len(set(WORDS)) == len(WORDS) == 1_000


@pytest.mark.parametrize("length", [1, 12, 13, 500])
def test_prose_has_as_many_words_as_asked_for(length: int) -> None:
    words = re.findall("[a-z]+", prose(length).lower())
    assert len(words) == length
    assert set(words) <= set(WORDS)


def test_prose_is_the_same_wherever_it_is_made() -> None:
    digest = hashlib.sha256(prose(1_000).encode()).hexdigest()
    assert digest == "4bbd8e180ae007478938ceea98f47c23eb233a5a69a0fe4172b79ae4443a3748"


def test_some_words_come_far_more_often_than_others() -> None:
    counts = Counter(re.findall("[a-z]+", prose(20_000).lower())).most_common()
    assert counts[0][1] > 20 * counts[len(counts) // 2][1]


@given(st.integers(0, 100_000))
def test_turned_text_has_the_same_letters(number: int) -> None:
    text = prose(50)
    assert sorted(turned(text, number)) == sorted(text)


@given(st.integers(0, 10_000), st.integers(1, 300))
def test_words_are_counted_as_an_expression_finds_them(number: int, length: int) -> None:
    text = turned(prose(length), number).lower()
    # A full stop may have come between the two halves of a word that was cut.
    words = Counter(word.strip(".") for word in re.findall(r"\S+", text))
    expected = (sum(words.values()), len(words), words.most_common(1)[0][1])
    assert count_words((number, length)) == expected


def test_a_document_is_its_records() -> None:
    assert json.loads(document(30)) == [record(number) for number in range(30)]


def test_the_answer_is_of_documents_with_their_number_at_the_end() -> None:
    records = [record(number) for number in range(4)]
    expected = [crc32(json.dumps([*records, number]).encode()) for number in range(3)]
    assert answer_of("json", count=3, records=4) == expected
