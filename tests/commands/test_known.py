"""What there is, in words and as JSON: workloads, executors, settings."""

import json
from typing import Any

import pytest

from bench.executors import all_executors
from bench.executors.threads import Threads
from bench.settings import SETTINGS
from bench.workloads import all_workloads
from tests.commands.conftest import Bench


def listed(bench: Bench, command: str) -> dict[str, Any]:
    """What a command lists as JSON, by name."""
    said = bench(command, "--json")
    assert (said.code, said.err) == (0, "")
    return {item["name"]: item for item in json.loads(said.out)}


def test_every_workload_is_listed_with_its_form(bench: Bench) -> None:
    found = listed(bench, "workloads")
    assert found.keys() == all_workloads().keys()
    for name, workload in all_workloads().items():
        assert found[name]["title"] == workload.title
        assert found[name]["kind"] == workload.kind
        assert [one["name"] for one in found[name]["parameters"]] == [
            field.name for field in workload.form
        ]


def test_a_parameter_is_listed_with_its_default_and_bounds(bench: Bench) -> None:
    (limit,) = listed(bench, "workloads")["primes"]["parameters"]
    assert limit == {
        "name": "limit",
        "types": ["int"],
        "default": 200_000,
        "low": 1_000,
        "high": 5_000_000,
        "unit": "",
        "help": "Count the primes below this number.",
    }


def test_the_presets_of_a_workload_are_listed(bench: Bench) -> None:
    presets = listed(bench, "workloads")["primes"]["presets"]
    assert presets == {"small": {"limit": 200_000}, "article": {"limit": 2_000_000}}


def test_a_workload_that_can_run_here_misses_nothing(bench: Bench) -> None:
    assert listed(bench, "workloads")["primes"]["missing"] is None


def test_every_executor_is_listed_with_its_options(bench: Bench) -> None:
    found = listed(bench, "executors")
    assert found.keys() == all_executors().keys()
    chunk, *_ = found["threads"]["parameters"]
    assert (chunk["name"], chunk["default"]) == ("chunk", "many")
    assert chunk["choices"] == ["many", "one", "even"]
    assert (chunk["low"], chunk["high"]) == (1, 1_000_000)
    assert found["threads"]["title"]
    assert found["threads"]["most_workers"] == 2_000
    assert found["threads"]["missing"] is None


def test_what_cannot_run_here_says_why(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Threads, "missing", lambda _: "This Python has no threads.")
    assert listed(bench, "executors")["threads"]["missing"] == "This Python has no threads."
    assert "This Python has no threads." in bench("executors").out


@pytest.mark.parametrize("command", ["workloads", "executors", "settings"])
def test_in_words_every_name_begins_a_line(bench: Bench, command: str) -> None:
    said = bench(command)
    assert (said.code, said.err) == (0, "")
    begun = {line.split()[0] for line in said.out.splitlines() if not line.startswith(" ")}
    assert begun == {"name", *listed(bench, command)}


def test_settings_come_with_their_values_and_defaults(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BENCH_QUEUE", "7")
    found = listed(bench, "settings")
    assert list(found) == [setting.name for setting in SETTINGS]
    assert (found["BENCH_QUEUE"]["value"], found["BENCH_QUEUE"]["default"]) == ("7", "20")
    assert all(setting["help"] for setting in found.values())


def test_without_a_command_there_is_help(bench: Bench) -> None:
    said = bench()
    assert said.out.startswith("Usage: python -m bench")
    assert said.err == ""
