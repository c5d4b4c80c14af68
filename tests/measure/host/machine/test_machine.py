"""All facts together, of this machine."""

import json
from pathlib import Path

from bench.analysis.doctor import doctor
from bench.measure.host.interpreters import Interpreter
from bench.measure.host.machine import machine
from bench.measure.processes.hostlock import host_lock
from bench.settings import Settings
from tests.measure.trees import a_tree

OLD = Interpreter("3.9", "/nowhere/python3.9", problem="It is old.")
NEW = Interpreter("3.99", "/nowhere/python3.99", "3.99.0", "CPython")


def test_the_facts_are_plain_data_of_this_machine(here: Settings) -> None:
    plain = machine(here, known=dict).as_json()
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert 1 <= plain["cpus"]["usable"] <= plain["cpus"]["logical"]
    assert 0 < plain["memory"]["available"] <= plain["memory"]["total"]


def test_interpreters_that_can_be_used_come_first(here: Settings) -> None:
    found = machine(here, known=lambda: {"3.9": OLD, "3.99": NEW})
    assert found.pythons == (NEW, OLD)


def test_a_quota_of_half_a_cpu_is_a_fact_and_two_findings(here: Settings, tmp_path: Path) -> None:
    files = {
        "proc/self/cgroup": "4:cpu,cpuacct:/docker/abc\n",
        "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "50000\n",
        "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
    }
    found = machine(here, known=dict, root=a_tree(tmp_path / "root", files))
    assert (found.cpus.usable, found.cpus.quota, found.cpus.cgroup) == (1, 0.5, 1)
    assert found.system.container == "docker"
    codes = [finding.code for finding in doctor(found)]
    assert codes[:2] == ["quota-below-affinity", "one-usable-cpu"]


def test_who_measures_now_is_a_fact_and_is_not_waited_for(here: Settings) -> None:
    assert machine(here, known=dict).measuring == ""
    with host_lock(here.lock, "another lab"):
        assert machine(here, known=dict).measuring.startswith("another lab (process ")
    assert machine(here, known=dict).measuring == ""
