"""What a colour says, a word and a sign say, too."""

from collections.abc import Mapping
from typing import Any

import pytest

from bench.analysis.doctor import SEVERITIES
from pages.parts.decisions import STANDS
from pages.parts.findings import BADGES
from pages.parts.verdict import VERDICTS
from pages.parts.words import STATES

SIGNS: dict[str, Mapping[Any, tuple[str, str]]] = {
    "states": STATES,
    "verdicts": VERDICTS,
    "advice": STANDS,
    "findings": BADGES,
}


@pytest.mark.parametrize("badges", SIGNS.values(), ids=SIGNS)
def test_badges_are_told_apart_by_their_signs(badges: Mapping[Any, tuple[str, str]]) -> None:
    signs = [sign for _, sign in badges.values()]
    assert all(sign.startswith(":material/") for sign in signs)
    assert len(set(signs)) == len(badges)


def test_every_severity_has_a_badge() -> None:
    assert set(BADGES) == set(SEVERITIES)
