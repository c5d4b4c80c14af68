"""The client of coroutines: one session a loop, without a limit, closed with its loop."""

import asyncio
import gc

import aiohttp
import pytest

from bench.workloads import clients
from tests.fetching import get
from tests.workloads.ways import on_a_loop


def page(server: str, number: int, query: str = "delay=0&size=500") -> str:
    return f"{server}/page/{number}?{query}"


async def fetch_and_tell(url: str) -> tuple[bytes, aiohttp.ClientSession]:
    """A page's body, and the session of the loop that it came through."""
    body = await clients.afetch(url)
    return body, await anext(clients.of_loop[asyncio.get_running_loop()])


def test_a_body_is_the_same_through_either_client(server: str) -> None:
    urls = [page(server, number) for number in range(3)]
    bodies = [get(url).content for url in urls]
    assert [clients.fetch(url) for url in urls] == bodies
    assert on_a_loop(clients.afetch, urls) == bodies


def test_a_loop_has_one_session_and_closes_it_at_its_end(server: str) -> None:
    sessions = {session for _, session in on_a_loop(fetch_and_tell, [page(server, 1)] * 5)}
    assert len(sessions) == 1
    assert sessions.pop().closed
    gc.collect()  # what was left open would warn now


def test_each_loop_has_a_session_of_its_own(server: str) -> None:
    (one,), (other,) = (on_a_loop(fetch_and_tell, [page(server, 1)]) for _ in range(2))
    assert one[1] is not other[1]
    assert one[0] == other[0]


def test_a_session_outlives_the_passes_over_the_items(server: str) -> None:
    with asyncio.Runner() as runner:
        sessions = {runner.run(fetch_and_tell(page(server, n)))[1] for n in range(3)}
        assert len(sessions) == 1
        assert not sessions.pop().closed


def test_ended_loops_are_forgotten(server: str) -> None:
    on_a_loop(clients.afetch, [page(server, 1)])
    gc.collect()
    assert not clients.of_loop


def test_there_is_no_limit_to_connections_at_once(server: str) -> None:
    async def limits() -> tuple[int, int]:
        _, session = await fetch_and_tell(page(server, 1))
        assert session.connector
        return session.connector.limit, session.connector.limit_per_host

    assert asyncio.run(limits()) == (0, 0)


@pytest.mark.parametrize("client", ["threads", "coroutines"])
def test_no_proxy_stands_in_between(
    server: str, client: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    url = page(server, 1)
    body = clients.fetch(url) if client == "threads" else on_a_loop(clients.afetch, [url])[0]
    assert len(body) == 500


def test_a_page_that_is_refused_is_an_error(server: str) -> None:
    with pytest.raises(aiohttp.ClientResponseError):
        on_a_loop(clients.afetch, [page(server, 1, "delay=-1&size=500")])
    gc.collect()
