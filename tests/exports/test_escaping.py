"""Text from anyone in CSV and Markdown: shown, and not acted on."""

import re

import pytest

from bench.exports.escaping import block, cell, fenced, markdown, one_line


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_no_field_begins_like_a_formula(begin: str) -> None:
    assert cell(f"{begin}1+1") == f"'{begin}1+1"


def test_other_fields_stay_as_they_are() -> None:
    assert [cell(text) for text in ("", "a=b", "threads × 2", "'x")] == [
        "",
        "a=b",
        "threads × 2",
        "'x",
    ]


def test_markup_is_escaped() -> None:
    assert markdown("[a](b) *c* _d_ `e` <f> |g| ~h~ &amp; i\\") == (
        r"\[a\](b) \*c\* \_d\_ \`e\` \<f\> \|g\| \~h\~ \&amp; i" + "\\\\"
    )


def test_addresses_are_no_links_and_nobody_is_mentioned() -> None:
    told = markdown("http://example.org www.example.org @somebody owner/lab#12")
    assert "://" not in told
    assert "www." not in told
    assert not re.search(r"[@#]\w", told)


def test_plain_sentences_stay_as_they_are() -> None:
    sentence = "Processes × 2: 1.86 times as fast as sequential (1.80–1.92)."
    assert markdown(sentence) == sentence


def test_a_line_stays_one_and_keeps_its_direction() -> None:
    assert one_line("a\u202e\nb\x00\tc") == "a b c"
    assert block("a\u202e\nb\x00\tc") == "a \nb \tc"


def test_a_fence_cannot_be_closed_from_within() -> None:
    opened, *_, closed = fenced("x\n```\n````\ny", "shell").splitlines()
    assert (opened, closed) == ("`````shell", "`````")
