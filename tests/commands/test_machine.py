"""`machine`: facts, findings and the one-minute check, with trials that take no time."""

import json

import pytest

from bench.guides.minute import minute_plan
from bench.measure.host.cpus import cpus
from bench.measure.processes.hostlock import host_lock
from bench.settings import Settings
from bench.store import Store
from tests.commands.conftest import Bench
from tests.scripted import FAILS, Scripted


def test_the_facts_are_told_in_words_cpus_first(bench: Bench) -> None:
    said = bench("machine")
    assert (said.code, said.err) == (0, "")
    first, _, second, *_ = said.out.splitlines()
    assert f"{cpus().usable} usable CPU" in first
    assert second == "CPUs"
    assert "\nPythons\n" in said.out
    assert "No one-minute check yet: python -m bench machine --check" in said.out


def test_as_json_there_are_facts_findings_and_no_check_yet(bench: Bench) -> None:
    said = bench("machine", "--json")
    plain = json.loads(said.out)
    assert plain["cpus"]["usable"] == cpus().usable
    assert plain["pythons"][0].keys() >= {"name", "gil", "build", "executors", "workloads"}
    assert all(one.keys() >= {"code", "severity", "message", "action"} for one in plain["findings"])
    assert (len(plain["fingerprint"]), plain["check"]) == (8, None)


def test_who_measures_now_is_a_finding(bench: Bench, here: Settings) -> None:
    with host_lock(here.lock, "somebody else"):
        said = bench("machine")
    assert "measuring-now: On this machine somebody else (process " in said.out


def test_a_check_is_measured_kept_and_told_again_with_its_age(
    bench: Bench, store: Store, scripted: Scripted
) -> None:
    scripted(does={})
    said = bench("machine", "--check", "--json")
    (listed,) = store.history.page(9)
    assert listed.run.plan == minute_plan(cpus().usable)
    check = json.loads(said.out)["check"]
    assert check["run"] == listed.run.id
    # The script's ceiling takes half of the baseline's second, whatever its workers.
    assert check["ceilings"][-1]["reached"]["estimate"] == pytest.approx(2.0)
    assert (said.code, check["steady"]) == (0, True)
    again = bench("machine").out
    assert "One-minute check, less than a minute ago: Steady: noise ±0%" in again
    assert json.loads(bench("machine", "--json").out)["check"]["run"] == listed.run.id


def test_a_check_that_is_not_steady_ends_with_exit_code_3(bench: Bench, scripted: Scripted) -> None:
    scripted(does={"ceiling": 'tell(SAMPLE | {"throttled_s": 0.5})'})
    said = bench("machine", "--check")
    assert said.code == 3
    assert "Not steady: " in said.out
    assert "throttled: " in said.out


def test_a_check_whose_work_fails_ends_with_exit_code_1(bench: Bench, scripted: Scripted) -> None:
    scripted(does={"sequential": FAILS})
    said = bench("machine", "--check")
    assert said.code == 1
    assert "The check has no result" in said.out
