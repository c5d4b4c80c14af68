"""Pickling: what arrives, what is refused and where, and what breaks a pool."""

import re
import sys
from collections.abc import Mapping
from typing import Any

import pytest

from bench.executors import find_executor
from bench.experiments import find_experiment
from bench.experiments.pickling import outcome
from bench.experiments.pickling_things import THINGS
from tests.experiments.elsewhere import facts_on
from tests.experiments.performing import performed, verdict_of

PICKLING = find_experiment("pickling")

ARRIVED = {"arrived": "42", "pool": "usable"}
REFUSED = {
    "arrived": None,
    "error": "AttributeError",
    "message": "no such name",
    "cause": "",
    "where": "result()",
    "pool": "usable",
}
BROKEN = {**REFUSED, "error": "BrokenProcessPool", "pool": "broken"}
HUNG = {**REFUSED, "error": "", "where": "", "pool": "hung"}

Cells = Mapping[str, Mapping[str, Any]]


def facts(*, careless: Mapping[str, Any] = BROKEN, **lambdas: Mapping[str, Any]) -> dict[str, Any]:
    """What came of a lambda with each kind of worker; all but it and `careless` arrived."""
    everything = dict.fromkeys(THINGS, ARRIVED)
    cells = {way: {**everything, "lambda": cell} for way, cell in lambdas.items()}
    for row in cells.values():
        row["careless"] = careless
    return {"cells": cells, "missing": {}}


@pytest.fixture(scope="module")
def forked() -> Cells:
    cells: Cells = performed("pickling", kind="fork")[1]["cells"]["fork"]
    return cells


def test_what_has_a_name_in_a_module_arrives(forked: Cells) -> None:
    arrived = {name for name, cell in forked.items() if outcome(cell) == "arrived"}
    assert arrived == {"function", "method", "exception"}


def test_what_is_refused_comes_up_at_the_result_and_leaves_the_pool_usable(forked: Cells) -> None:
    refused = {name: cell for name, cell in forked.items() if cell.get("error")}
    whole = {name: cell for name, cell in refused.items() if not name.startswith("careless")}
    assert {cell["where"] for cell in refused.values()} == {"result()"}
    assert {cell["pool"] for cell in whole.values()} == {"usable"}
    families = {name: cell["error"] for name, cell in whole.items()}
    local = "AttributeError" if sys.version_info < (3, 14) else "PicklingError"
    assert families == {
        "lambda": local,
        "module_lambda": "PicklingError",
        "closure": local,
        "generator": "TypeError",
        "generator_back": "TypeError",
        "lock": "TypeError",
        "lock_back": "TypeError",
        "process_lock": "RuntimeError",
        "file": "TypeError",
    }


def test_an_exception_that_cannot_be_rebuilt_breaks_the_pool(forked: Cells) -> None:
    assert outcome(forked["careless"]) == outcome(forked["careless_sent"]) == "pool broken"
    assert "OutOfStock.__init__() missing" in forked["careless"]["cause"]


def test_loky_sends_code_without_a_name() -> None:
    if reason := find_executor("loky").missing():
        pytest.skip(reason)
    cells = performed("pickling", kind="loky")[1]["cells"]["loky"]
    assert {outcome(cells[name]) for name in ("lambda", "closure")} == {"arrived"}
    assert cells["generator"]["error"] == "PicklingError"
    assert cells["generator"]["cause"].startswith("TypeError: ")


def test_a_kind_that_is_not_there_is_left_out_with_the_reason() -> None:
    if not find_executor("interpreters").missing():
        pytest.skip("this Python has all kinds of workers")
    _, told = performed("pickling", kind="interpreters")
    assert told["cells"] == {}
    assert told["missing"] == {"interpreters": "It needs Python 3.14 or later."}
    assert verdict_of(PICKLING, told) == "not resolved here"


def test_what_pickle_says_of_a_local_function_changes_with_the_python() -> None:
    """The family stays until 3.14; who matches on the text is surprised before that."""
    older, newer = (
        facts_on(version, "pickling", kind="fork")["cells"]["fork"] for version in ("3.12", "3.13")
    )
    for name in ("lambda", "closure"):
        assert older[name]["error"] == newer[name]["error"] == "AttributeError"
        assert older[name]["message"] != newer[name]["message"]
    same = re.sub("0x[0-9a-f]+", "", older["module_lambda"]["message"])
    assert same == re.sub("0x[0-9a-f]+", "", newer["module_lambda"]["message"])


@pytest.mark.parametrize(
    ("lambdas", "verdict"),
    [
        ({"fork": REFUSED, "spawn": REFUSED}, "holds here"),
        ({"fork": REFUSED, "loky": ARRIVED}, "does not hold here"),
        ({"fork": REFUSED, "interpreters": ARRIVED}, "does not hold here"),
        ({"fork": REFUSED, "loky": HUNG}, "not resolved here"),
    ],
)
def test_the_verdict_follows_the_facts(lambdas: dict[str, Any], verdict: str) -> None:
    assert verdict_of(PICKLING, facts(**lambdas)) == verdict


def test_the_explanation_names_who_takes_it_and_what_breaks_pools() -> None:
    said = PICKLING.judge(facts(fork=REFUSED, loky=ARRIVED)).explanation
    assert "Refused by fork: pickle" in said
    assert "only at result(), once submit() had returned, as AttributeError" in said
    assert "loky sends the code" in said
    assert "OutOfStock raised (with fork and loky)" in said
    at_once = PICKLING.judge(facts(fork={**REFUSED, "where": "submit()"})).explanation
    assert "It comes up at submit()" in at_once
    whole = PICKLING.judge(facts(fork=REFUSED, careless=REFUSED)).explanation
    assert "broke the pool" not in whole
