"""Reports as one HTML file: what they hold, and that nothing in them can act."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

import pytest

from bench.charts.gallery import drawable
from bench.exports.html_experiment import experiment_html
from bench.exports.html_run import run_html
from bench.exports.look import Look
from bench.store import Store
from tests.exports.hostile import SCRIPT, a_hostile_run
from tests.factory import a_run, a_sweep, costing, traced
from tests.keeping import keep_race


class Read(HTMLParser):
    """A page as a browser takes it apart: tags with their attributes, and the text within."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.within: list[tuple[str, dict[str, str | None], str]] = []
        self._open: tuple[str, dict[str, str | None]] = ("", {})
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open = (tag, dict(attrs))
        self.tags.append(self._open)

    def handle_endtag(self, tag: str) -> None:
        self._open = ("", {})

    def handle_data(self, data: str) -> None:
        self.within.append((*self._open, data))

    @property
    def words(self) -> str:
        return "\n".join(text for tag, _, text in self.within if tag not in ("script", "style"))

    @property
    def scripts(self) -> list[str]:
        """Those that a browser runs."""
        return [text for tag, told, text in self.within if tag == "script" and "type" not in told]

    def specs(self) -> dict[str, Any]:
        """The data of its charts by their names."""
        return {
            str(attributes["id"]): json.loads(text)
            for tag, attributes, text in self.within
            if tag == "script" and attributes.get("type") == "application/json"
        }


def report(run: Any = None, look: Look | None = None) -> str:
    return run_html(run or traced(costing(a_run())), look or Look())


def test_it_tells_the_answer_and_draws_every_chart() -> None:
    run = traced(costing(a_run()))
    page = Read(report(run))
    assert "Processes × 2: 1.8" in page.words
    assert "python -m bench run primes" in page.words
    assert list(page.specs()) == [f"spec-{name}" for name in drawable(run)]
    shown = [attributes["data-chart"] for tag, attributes in page.tags if tag == "figure"]
    assert shown == list(page.specs())


def test_a_sweep_has_its_own_charts() -> None:
    assert {"spec-sweep", "spec-sweep-times"} <= Read(report(a_sweep())).specs().keys()


def test_it_asks_nobody_for_anything() -> None:
    page = Read(report())
    assert not [tag for tag, _ in page.tags if tag in ("link", "img", "iframe", "object", "base")]
    assert not [1 for _, attributes in page.tags if attributes.keys() & {"src", "href", "srcset"}]
    (style,) = {text for tag, _, text in page.within if tag == "style"}
    assert {url[:5] for url in re.findall(r"url\((.{5})", style)} == {"data:"}
    assert "@import" not in style


@pytest.mark.parametrize("run", [None, a_hostile_run()], ids=["a run", "one that somebody made"])
def test_its_policy_lets_its_own_script_and_style_be_used_and_no_other(run: Any) -> None:
    page = Read(report(run))
    (policy,) = [
        str(attributes["content"])
        for tag, attributes in page.tags
        if attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    (style,) = {text for tag, _, text in page.within if tag == "style"}
    (script,) = page.scripts
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == digest(script)
    assert rules["style-src"] == digest(style)
    assert sum(tag == "script" for tag, _ in page.tags) == 1 + len(page.specs())
    assert not [1 for _, attributes in page.tags for name in attributes if name.startswith("on")]


def test_what_somebody_wrote_is_text() -> None:
    page = Read(report(a_hostile_run()))
    assert SCRIPT in page.words
    assert "img" not in {tag for tag, _ in page.tags}
    assert SCRIPT in json.dumps(page.specs(), ensure_ascii=False)


def test_it_takes_the_colours_of_its_theme() -> None:
    light, dark = (Read(report(look=Look(theme))) for theme in ("light", "dark"))
    assert light.specs()["spec-times"]["background"] == "#FFFFFF"
    assert dark.specs()["spec-times"]["background"] == "#11151A"
    assert "#11151A" in dark.within[[tag for tag, *_ in dark.within].index("style")][2]


def test_a_demonstration_has_its_code_and_its_live_picture(store: Store) -> None:
    shown = store.demonstrations.find(keep_race(store))
    assert shown
    page = Read(experiment_html(shown, Look()))
    assert list(page.specs()) == ["spec-picture"]
    assert "counter.value += 1" in page.words


def test_a_demonstration_that_failed_says_why(store: Store) -> None:
    shown = store.demonstrations.find(keep_race(store, "failed"))
    assert shown
    page = Read(experiment_html(shown, Look()))
    assert page.specs() == {}
    assert "It <i>broke</i>." in page.words


def digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
