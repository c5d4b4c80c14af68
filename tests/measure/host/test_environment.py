"""The stamp on every run."""

import json
import platform
import sys
from dataclasses import replace
from typing import Any

import pytest

from bench.measure.child.gil import gil_enabled
from bench.measure.host import environment as module
from bench.measure.host.environment import environment
from bench.measure.host.machine.processors import processors


def test_the_stamp_is_plain_data() -> None:
    stamp = environment()
    assert json.loads(json.dumps(stamp, allow_nan=False)) == stamp


def test_the_stamp_names_this_python() -> None:
    python = environment()["python"]
    assert python["version"] == platform.python_version()
    assert python["version"] in python["label"]
    assert python["gil"] == gil_enabled()


def test_the_gil_is_named_in_words() -> None:
    expected = "with the GIL" if gil_enabled() else "without the GIL"
    assert environment()["python"]["label"].endswith(f" {expected}")


def test_a_python_that_cannot_be_without_the_gil_has_it() -> None:
    assert gil_enabled() or sys.version_info >= (3, 13)


def test_the_fingerprint_does_not_change_with_the_load(monkeypatch: pytest.MonkeyPatch) -> None:
    before = environment()
    monkeypatch.setattr("os.getloadavg", lambda: (99.0, 0.0, 0.0))
    after = environment()
    assert after["load"] == 99.0
    assert after["fingerprint"] == before["fingerprint"]


@pytest.mark.parametrize(
    "change",
    [
        {"governor": "powersave"},
        {"turbo": True},
        {"smt": True},
        {"usable_cores": 1},
        {"quota": 0.5},
    ],
)
def test_what_changes_times_changes_the_fingerprint(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, Any]
) -> None:
    before, found = environment(), processors()
    monkeypatch.setattr(module, "processors", lambda: replace(found, **change))
    assert environment()["fingerprint"] != before["fingerprint"]


@pytest.mark.parametrize("what", ["container", "virtualisation"])
def test_what_lies_beneath_changes_the_fingerprint(
    monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    before = environment()
    monkeypatch.setattr(module, what, lambda: "another one")
    after = environment()
    assert after["system"][what] == "another one"
    assert after["fingerprint"] != before["fingerprint"]


def test_the_stamp_tells_how_its_python_was_built() -> None:
    assert environment()["python"]["build"].keys() == {"debug", "pgo", "lto"}


def test_the_stamp_counts_cpus_and_memory() -> None:
    stamp = environment()
    assert 1 <= stamp["cpus"]["usable"] <= stamp["cpus"]["logical"]
    assert stamp["cpus"]["model"]
    assert stamp["memory_bytes"] > 0
