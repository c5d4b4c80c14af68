"""A pipeline's stages: what every way comes to, and what is certain of their order."""

import hashlib
import time
from collections.abc import Iterator

import pytest

from bench.asking.experiments import ask
from bench.demonstration import Demonstration
from bench.experiments.fetching import address, fetch
from bench.experiments.pipeline import WAYS, sample
from bench.experiments.stages import Digest
from bench.measure.host.known import known_interpreters
from bench.measure.processes.groups import Reaper
from bench.measure.processes.resources import provided
from bench.plan import this_interpreter
from bench.service.demonstrate import demonstrate

LEAST = {"pages": 2, "size": 1_000, "largest": 4_000, "delay": 0.0, "rounds": 3}


@pytest.fixture(scope="module")
def urls() -> Iterator[list[str]]:
    with Reaper() as reaper, provided(("server",), reaper) as given:
        yield [address(given["server"], page, 0.0, 1_000 * (page + 1)) for page in range(3)]


def answers(digests: list[Digest]) -> list[tuple[str, str, int]]:
    return sorted((one.url, one.sha256, one.words) for one in digests)


@pytest.mark.parametrize("way", WAYS)
def test_every_way_comes_to_what_a_plain_loop_does(way: str, urls: list[str]) -> None:
    bodies = [fetch(url) for url in urls]
    expected = [
        (url, hashlib.sha256(body).hexdigest(), len(set(body.split())))
        for url, body in zip(urls, bodies, strict=True)
    ]
    assert answers(WAYS[way](urls, 2)) == expected


@pytest.mark.parametrize("way", WAYS)
def test_a_page_is_computed_after_it_was_downloaded_and_before_all_is_done(
    way: str, urls: list[str]
) -> None:
    one = sample(way, urls, 2)
    assert len(one["pages"]) == 3
    for page in one["pages"]:
        moments = [*page["downloading"], *page["computing"], one["seconds"]]
        assert moments[0] >= 0
        assert moments == sorted(moments)


def test_at_a_barrier_nothing_is_computed_before_all_is_downloaded(urls: list[str]) -> None:
    pages = sample("barrier", urls, 2)["pages"]
    there = max(page["downloading"][1] for page in pages)
    assert all(page["computing"][0] >= there for page in pages)


def test_another_python_needs_nothing_but_itself() -> None:
    found = known_interpreters().values()
    others = [one for one in found if not one.problem and one.name != this_interpreter()]
    if not others:
        pytest.skip("this machine has no other Python that experiments can run on")
    other = others[-1]
    asked = Demonstration("0", ask("pipeline", LEAST, other.name), "running", time.time())
    ended = demonstrate(asked, keep=lambda _: None, stopping=lambda: False)
    assert ended.facts, ended.error
    assert ".".join(map(str, ended.facts["version"])) == other.version
    assert len(ended.facts["sizes"]) == 3
