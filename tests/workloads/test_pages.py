"""Downloading pages from the lab's own server, really started."""

import hashlib
from collections.abc import Iterator

import pytest
import requests

from bench.measure.processes.groups import Reaper
from bench.measure.processes.loopback import loopback_server
from bench.workloads import find_workload
from tests.fetching import get


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with Reaper() as reaper, loopback_server(reaper) as address:
        yield address


def test_each_page_is_downloaded_whole(server: str) -> None:
    parameters = find_workload("pages").parameters({"count": 3, "delay": 0.0, "size": 1_234})
    work = find_workload("pages").build(**parameters, server=server)
    pages = [work.task(item) for item in work.items]
    bodies = [get(str(item)).content for item in work.items]
    assert pages == [(len(body), hashlib.sha256(body).hexdigest()) for body in bodies]
    assert [len(body) for body in bodies] == [1_234] * 3
    assert len(set(pages)) == 3


def test_no_proxy_stands_in_between(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    parameters = find_workload("pages").parameters({"count": 1, "delay": 0.0})
    work = find_workload("pages").build(**parameters, server=server)
    assert work.task(work.items[0])


def test_a_page_that_is_refused_is_an_error(server: str) -> None:
    work = find_workload("pages").build(
        **find_workload("pages").parameters({"count": 1}), server=server
    )
    with pytest.raises(requests.HTTPError):
        work.task(str(work.items[0]).replace("delay=", "delay=-"))


def test_the_articles_preset_is_four_pages_of_one_second() -> None:
    parameters = find_workload("pages").parameters({}, "article")
    assert (parameters["count"], parameters["delay"]) == (4, 1.0)
