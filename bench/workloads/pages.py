"""Downloading pages: waiting for a server, which lets the GIL go."""

import hashlib
from typing import Annotated

from bench.descriptors import make_room, most_at_once
from bench.errors import Refused
from bench.forms import Between
from bench.work import Work
from bench.workloads import workload
from bench.workloads.clients import PACKAGES, afetch, fetch, load_clients

Digest = tuple[int, str]


def digest(body: bytes) -> Digest:
    """A page's length in bytes and its SHA-256."""
    return len(body), hashlib.sha256(body).hexdigest()


def download(url: str) -> Digest:
    """Fetch one page. Raises requests.HTTPError."""
    return digest(fetch(url))


async def adownload(url: str) -> Digest:
    """Fetch one page as a coroutine. Raises aiohttp.ClientResponseError."""
    return digest(await afetch(url))


def urls(server: str, count: int, delay: float, size: int) -> list[str]:
    """The addresses of `count` different pages on the loopback server."""
    return [f"{server}/page/{number}?delay={delay}&size={size}" for number in range(count)]


@workload(
    "io",
    seconds=lambda count, delay, size: count * (delay + 0.004 + size * 2e-9),
    presets={
        "small": {"count": 8, "delay": 0.05},
        "article": {"count": 4, "delay": 1.0},
    },
    packages=PACKAGES,
)
def pages(
    count: Annotated[int, Between(1, 1_000), "How many pages to download."] = 8,
    delay: Annotated[
        float, Between(0.0, 10.0, "s"), "How long the server waits before it answers."
    ] = 0.05,
    size: Annotated[int, Between(1, 10_000_000, "bytes"), "How long each page is."] = 20_000,
    *,
    server: str,
) -> Work[str, Digest]:
    """Download pages from a slow server

    Real HTTP from the lab's own server on this machine: requests with one session a thread, or
    aiohttp on an event loop. Waiting lets the GIL go.
    """
    load_clients()
    return Work(task=download, items=urls(server, count, delay, size), atask=adownload)


# The bytes of a page that is asked for only to have a connection.
BRIEF = 200


def possible(count: int, **_: object) -> None:
    """Raises Refused for more connections than this system lets a process hold."""
    most = most_at_once()
    if most is not None and count > most:
        raise Refused(
            "connections.count",
            count,
            f"at most {most:,}",
            "this system lets a process open no more files and connections at once; "
            "ulimit -Hn shows its limit",
        )


@workload(
    "io",
    seconds=lambda count, delay: count * (delay + 0.004),
    presets={
        "small": {"count": 200, "delay": 0.01},
        "thousand": {"count": 1_000, "delay": 0.1},
    },
    packages=PACKAGES,
    check=possible,
)
def connections(
    count: Annotated[int, Between(1, 10_000), "How many requests."] = 200,
    delay: Annotated[
        float, Between(0.0, 10.0, "s"), "How long the server waits before it answers."
    ] = 0.01,
    *,
    server: str,
) -> Work[str, Digest]:
    """Wait for very many connections at once

    Short answers from the lab's own server; as many are awaited at once as there are workers: a
    thread for each, or one event loop for all.
    """
    make_room(count)
    load_clients()
    return Work(task=download, items=urls(server, count, delay, BRIEF), atask=adownload)
