"""What the lab provides, and only to those who ask."""

import psutil
import pytest

from bench.errors import Refused
from bench.measure.processes.groups import Reaper
from bench.measure.processes.resources import provided
from bench.resources import resources_of
from tests.fetching import get


def test_what_is_asked_for_are_the_keyword_only_parameters() -> None:
    def work(count: int = 3, *, server: str) -> tuple[int, str]:
        return count, server

    assert resources_of(work) == ("server",)
    assert resources_of(len) == ()


def test_what_there_is_not_is_refused() -> None:
    def work(*, database: str) -> str:
        return database

    with pytest.raises(Refused, match="keyword-only parameter is 'database'"):
        resources_of(work)


def test_a_server_is_there_for_who_asks(reaper: Reaper) -> None:
    with provided(("server",), reaper) as given:
        assert get(f"{given['server']}/page/1?delay=0&size=5").content == b"page "


def test_nothing_is_started_for_who_asks_for_nothing(reaper: Reaper) -> None:
    before = psutil.Process().children()
    with provided((), reaper) as given:
        assert given == {}
        assert psutil.Process().children() == before
