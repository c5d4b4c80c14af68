"""Each of the doctor's findings, provoked on a machine that is otherwise without fault."""

from typing import Any

import pytest

from bench.analysis.doctor import SEVERITIES, cpus, doctor, pythons, room, system
from tests.machines import CLEAN, GB, OPTIMISED, a_machine, a_python

MB = 10**6
DEBUG = {"debug": True, "pgo": False, "lto": False}
PLAIN = {"debug": False, "pgo": False, "lto": False}
UNTOLD = {"debug": False, "pgo": None, "lto": None}
UNTOLD_SYSTEM = {"tells_others": False, "load": None, "virtualisation": None}

# What is wrong, the code that must be said of it alone, and a part of its sentence.
PROVOKED: list[tuple[dict[str, Any], str, str]] = [
    (
        {"cpus": {"usable": 3, "quota": 2.5, "cgroup": 2}},
        "quota-below-affinity",
        "(cgroup version 2) allows 2.5 of the 8 CPUs",
    ),
    (
        {"cpus": {"usable": 1, "affinity": 1, "usable_cores": 1}},
        "one-usable-cpu",
        "as the lab is pinned to one of 8",
    ),
    (
        {"cpus": {"usable": 1, "affinity": 1, "logical": 1, "cores": 1, "usable_cores": 1}},
        "one-usable-cpu",
        "as the machine has no more",
    ),
    (
        {"cpus": {"usable": 2, "affinity": 2, "usable_cores": 1, "cores": 4, "smt": True}},
        "smt-siblings",
        "The 2 usable CPUs are hardware threads of 1 core:",
    ),
    ({"cpus": {"isolated": 4}}, "isolated-cpus", "4 of the lab's CPUs are isolated"),
    ({"cpus": {"governor": "powersave"}}, "governor-not-performance", "is powersave"),
    (
        {"cpus": {"governor": "performance, powersave"}},
        "governor-not-performance",
        "is performance, powersave",
    ),
    ({"cpus": {"turbo": True}}, "turbo-on", "one busy core may clock higher"),
    ({"memory": {"available": 300 * MB}}, "low-memory", "Only 300 MB of 64.0 GB"),
    (
        {"memory": {"available": 300 * MB, "limit": 2 * GB}},
        "low-memory",
        "Only 300 MB of 2.00 GB",
    ),
    ({"memory": {"swap_used": 3 * GB}}, "swap-used", "3.00 GB of memory have been moved"),
    ({"room": {"shared": 64 * MB}}, "small-shm", "/dev/shm holds 64.0 MB"),
    ({"room": {"disk_free": 20 * MB}}, "low-disk", "Only 20.0 MB are free"),
    ({"room": {"open_files": 256}}, "few-open-files", "may hold 256 files open"),
    ({"room": {"processes": 100}}, "few-processes", "At most 100 processes"),
    ({"system": {"load": 5.3}}, "high-load", "5.3 programs ran or waited"),
    ({"system": {"on_battery": True}}, "on-battery", "runs on its battery"),
    ({"measuring": "another lab (process 7)"}, "measuring-now", "another lab (process 7) is"),
    ({"system": {"virtualisation": "KVM"}}, "virtual-machine", "a virtual machine (KVM)"),
    ({"system": {"container": "docker"}}, "container", "in a container (docker)"),
    ({"system": {"clock_source": "hpet"}}, "slow-clock", "takes the time from hpet"),
    ({"system": {"randomised": False}}, "aslr-off", "ASLR is off"),
    (
        {"system": UNTOLD_SYSTEM},
        "cannot-tell",
        "does not tell what others do while it measures, its load and whether it is a virtual",
    ),
    ({"cpus": {"cores": None, "usable_cores": None}}, "cannot-tell", "which CPUs share a core."),
    ({"pythons": (a_python(build=DEBUG),)}, "debug-build", "Python 3.14t is a debug build"),
    (
        {"pythons": (a_python(build=PLAIN), a_python("3.13", gil=True, build=PLAIN))},
        "unoptimised-build",
        "Python 3.14t and 3.13 were built without",
    ),
    ({"pythons": (a_python("3.13", gil=True),)}, "gil-only", "No Python here runs without"),
]


def test_on_a_machine_without_fault_nothing_is_said() -> None:
    assert doctor(CLEAN) == ()


@pytest.mark.parametrize(("changes", "code", "part"), PROVOKED)
def test_each_fault_is_said_alone_with_its_value_and_what_to_do(
    changes: dict[str, Any], code: str, part: str
) -> None:
    (finding,) = doctor(a_machine(**changes))
    assert finding.code == code
    assert part in finding.message
    assert finding.message.endswith(".")
    assert finding.action.endswith(".")
    assert finding.as_json()["severity"] in SEVERITIES


def test_every_check_is_provoked() -> None:
    checks = {*cpus.CHECKS, *room.CHECKS, *system.CHECKS, *pythons.CHECKS}
    said = {check for check in checks for changes, *_ in PROVOKED if [*check(a_machine(**changes))]}
    assert checks == said


@pytest.mark.parametrize(
    "changes",
    [
        {"cpus": {"quota": 8.0, "cgroup": 2}},
        # Pinned to one thread of each core.
        {"cpus": {"usable": 4, "affinity": 4, "usable_cores": 4, "cores": 4, "smt": True}},
        {"memory": {"swap_used": 10 * MB}},
        # The rest of a large machine may be busy: the lab's part is free.
        {"cpus": {"logical": 64, "cores": 64}, "system": {"load": 50.0}},
        {"room": {"open_files": None, "most_open_files": None, "processes": 4_000}},
        # macOS and containers without /dev/shm do not tell.
        {"room": {"shared": None}},
        {"pythons": (a_python(), a_python("3.12", gil=True, build=UNTOLD))},
        {"pythons": (a_python(), a_python("3.9", build=PLAIN, problem="It is old."))},
        {"pythons": (a_python(), a_python("3.14t+gil", gil=True, build=OPTIMISED))},
    ],
)
def test_what_does_no_harm_is_not_said(changes: dict[str, Any]) -> None:
    assert doctor(a_machine(**changes)) == ()


def test_a_load_that_the_lab_itself_may_be_is_no_fault() -> None:
    busy = a_machine(system={"load": 9.0}, measuring="the measuring service (process 7)")
    assert [finding.code for finding in doctor(busy)] == ["measuring-now"]


def test_the_clock_of_a_virtual_machine_is_its_hosts_affair() -> None:
    machine = a_machine(
        cpus={"governor": None, "turbo": None}, system={"virtualisation": "of an unknown kind"}
    )
    assert [finding.code for finding in doctor(machine)] == ["virtual-machine"]


def test_half_a_cpu_is_two_findings_with_actions_that_fit() -> None:
    found = doctor(a_machine(cpus={"usable": 1, "quota": 0.5, "cgroup": 1}))
    assert [finding.code for finding in found] == ["quota-below-affinity", "one-usable-cpu"]
    assert found[0].action.startswith("Give the container whole CPUs")
    assert "as the quota is 0.5 CPUs" in found[1].message


def test_of_a_quota_the_whole_cpus_are_the_most_workers() -> None:
    (found,) = doctor(a_machine(cpus={"usable": 3, "quota": 2.5, "cgroup": 2}))
    assert found.action.startswith("Choose at most 2 workers, or give the container whole CPUs")


@pytest.mark.parametrize(
    ("hard", "action"),
    [
        (None, "Start the lab after ulimit -n 1024."),
        (500, "Start the lab after ulimit -n 500."),
        (1_000_000, "Start the lab after ulimit -n 1024."),
        (256, "Raise the hard limit."),
    ],
)
def test_open_files_are_raised_as_far_as_the_hard_limit_lets(hard: int | None, action: str) -> None:
    (found,) = doctor(a_machine(room={"open_files": 256, "most_open_files": hard}))
    assert found.action == action


def test_what_hurts_comes_first() -> None:
    found = doctor(a_machine(cpus={"turbo": True}, room={"disk_free": 0}, system={"load": 99.0}))
    assert [finding.severity for finding in found] == ["hurts", "hurts", "worth knowing"]
