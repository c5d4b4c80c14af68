"""The lab's own web server, really started."""

import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import psutil
import pytest

from bench.measure.processes.groups import Reaper
from bench.measure.processes.loopback import loopback_server
from tests.fetching import get
from tests.watching import is_gone


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with Reaper() as reaper, loopback_server(reaper) as started:
        yield started


@pytest.mark.parametrize("size", [0, 1, 31, 20_000, 1_000_000])
def test_a_page_has_exactly_the_size_asked_for(address: str, size: int) -> None:
    answer = get(f"{address}/page/3?delay=0&size={size}")
    assert answer.status_code == 200
    assert len(answer.content) == size


def test_a_page_is_the_same_whenever_it_is_asked_for(address: str) -> None:
    url = f"{address}/page/3?delay=0&size=500"
    assert get(url).content == get(url).content


def test_pages_of_different_numbers_differ(address: str) -> None:
    pages = {get(f"{address}/page/{number}?delay=0&size=500").content for number in range(4)}
    assert len(pages) == 4


def test_a_page_comes_no_sooner_than_its_delay(address: str) -> None:
    began = time.monotonic()
    get(f"{address}/page/1?delay=0.2&size=10")
    assert time.monotonic() - began >= 0.2


@pytest.mark.parametrize(
    "query",
    [
        "",
        "delay=0",
        "size=10",
        "delay=x&size=10",
        "delay=nan&size=10",
        "delay=inf&size=10",
        "delay=-1&size=10",
        "delay=10.1&size=10",
        "delay=0&size=1.5",
        "delay=0&size=-1",
        "delay=0&size=10000001",
        "delay=0&size=1e999",
    ],
)
def test_a_query_out_of_bounds_is_refused(address: str, query: str) -> None:
    assert get(f"{address}/page/1?{query}").status_code == 400


@pytest.mark.parametrize("path", ["/", "/page", "/page/x", "/page/-1", "/page/1/2", "/etc/passwd"])
def test_there_is_nothing_but_pages(address: str, path: str) -> None:
    assert get(f"{address}{path}?delay=0&size=1").status_code == 404


def test_it_listens_on_this_machine_only(address: str) -> None:
    port = urlsplit(address).port
    found = [
        connection.laddr.ip
        for child in psutil.Process().children(recursive=True)
        for connection in child.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port
    ]
    assert found == ["127.0.0.1"]


def test_it_is_gone_with_its_context(reaper: Reaper) -> None:
    before = {child.pid for child in psutil.Process().children()}
    with loopback_server(reaper) as address:
        started = {child.pid for child in psutil.Process().children()} - before
        get(f"{address}/page/1?delay=0&size=1")
    assert len(started) == 1
    assert is_gone(started.pop())
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", urlsplit(address).port or 0), timeout=30)


def test_it_ends_though_a_page_is_still_awaited(reaper: Reaper) -> None:
    with loopback_server(reaper) as address:
        port = urlsplit(address).port or 0
        with socket.create_connection(("127.0.0.1", port), timeout=30) as waiting:
            waiting.sendall(b"GET /page/1?delay=10&size=1 HTTP/1.1\r\nHost: here\r\n\r\n")
            get(f"{address}/page/1?delay=0&size=1")
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=30)
