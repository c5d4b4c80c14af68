"""Pages from the lab's own web server, fetched with the standard library alone."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from urllib.request import OpenerDirector

# Longest that a page may take, in seconds.
PATIENCE = 30.0


def address(server: str, number: int, delay: float, size: int) -> str:
    """Where the server has the page of that number: `size` bytes, after `delay` seconds."""
    return f"{server}/page/{number}?delay={delay}&size={size}"


def fetch(url: str) -> bytes:
    """The body of a page. Raises OSError."""
    with _opener().open(url, timeout=PATIENCE) as response:
        body: bytes = response.read()
        return body


@cache
def _opener() -> "OpenerDirector":
    """No proxy may stand between the lab and its server."""
    import urllib.request  # it takes a while to load, and workers that fetch nothing do without

    return urllib.request.build_opener(urllib.request.ProxyHandler({}))
