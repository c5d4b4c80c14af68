"""Pages that are downloaded and then worked on: each stage, and the ways to join the two.

Workers import this: it stays light.
"""

import hashlib
import os
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from typing import NamedTuple

from bench.experiments.fetching import fetch


class Stage(NamedTuple):
    """When a page's stage began and ended, in seconds of a clock that all processes share."""

    began: float
    ended: float


class Page(NamedTuple):
    """A page as it was downloaded."""

    url: str
    body: bytes
    downloading: Stage


class Digest(NamedTuple):
    """What a page came to, and its stages."""

    url: str
    sha256: str
    words: int
    downloading: Stage
    computing: Stage


def download(url: str) -> Page:
    """Wait for a page."""
    began = time.perf_counter()
    body = fetch(url)
    return Page(url, body, Stage(began, time.perf_counter()))


def digest(page: Page) -> Digest:
    """Compute what a page comes to."""
    began = time.perf_counter()
    sha256, words = hashed(page.body), counted(page.body)
    computing = Stage(began, time.perf_counter())
    return Digest(page.url, sha256, words, page.downloading, computing)


def hashed(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()  # lets the GIL go


def counted(body: bytes) -> int:
    return len(Counter(body.split()))  # keeps it


def barrier(urls: Sequence[str], processes: int) -> list[Digest]:
    with ThreadPoolExecutor(len(urls)) as threads:
        pages = list(threads.map(download, urls))
    # Only now, when the slowest page is there:
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(digest, pages))


def streamed(urls: Sequence[str], processes: int) -> list[Digest]:
    with (
        ProcessPoolExecutor(processes) as pool,
        ThreadPoolExecutor(len(urls)) as threads,
    ):
        # Processes start while there is no thread to fork.
        pool.submit(os.getpid)
        pages = [threads.submit(download, url) for url in urls]
        digests = [pool.submit(digest, page.result()) for page in as_completed(pages)]
        return [one.result() for one in digests]


def both(url: str) -> Digest:
    return digest(download(url))


def in_threads(urls: Sequence[str]) -> list[Digest]:
    with ThreadPoolExecutor(len(urls)) as threads:
        return list(threads.map(both, urls))
