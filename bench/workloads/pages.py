"""Downloading pages: waiting for a server, which lets the GIL go."""

import hashlib
import threading
from typing import TYPE_CHECKING, Annotated

from bench.forms import Between
from bench.work import Work
from bench.workloads import workload

if TYPE_CHECKING:
    import requests


class _OfThread(threading.local):
    session: "requests.Session | None" = None


_of_thread = _OfThread()

Digest = tuple[int, str]


def _session() -> "requests.Session":
    """This thread's own session: requests does not promise that one may be shared."""
    if _of_thread.session is None:
        import requests

        _of_thread.session = requests.Session()
        # No proxy may stand between the lab and its loopback server.
        _of_thread.session.trust_env = False
    return _of_thread.session


def download(url: str) -> Digest:
    """Fetch one page: its length in bytes and its SHA-256. Raises requests.HTTPError."""
    response = _session().get(url, timeout=60)
    response.raise_for_status()
    return len(response.content), hashlib.sha256(response.content).hexdigest()


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
    packages=("requests",),
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

    Real HTTP with requests, one session a thread, from the lab's own server on this machine.
    """
    _session()  # a program has its client loaded before it begins to download
    return Work(task=download, items=urls(server, count, delay, size), reduce=list)
