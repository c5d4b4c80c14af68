"""loky: missing in words where it is not installed."""

import importlib.util

import pytest

from bench.executors import find_executor


def test_without_loky_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert find_executor("loky").missing() == "This Python has no loky."


def test_without_dask_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert find_executor("dask").missing() == (
        "This Python has no dask.distributed: install requirements-dask.txt."
    )
