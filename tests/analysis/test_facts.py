"""A machine's facts in words."""

from bench.analysis.facts import able, barred, build_of, facts_of, summary
from tests.machines import CLEAN, GB, a_machine, a_python


def words(**changes: object) -> dict[str, str]:
    """All lines by name."""
    found = a_machine(**changes)
    return {name: value for facts in facts_of(found) for name, value in facts.lines}


def test_the_groups_begin_with_the_cpus() -> None:
    assert [facts.title for facts in facts_of(CLEAN)] == ["CPUs", "Memory", "System", "Limits"]


def test_one_line_says_what_the_machine_is() -> None:
    assert summary(CLEAN) == "Some CPU, 8 usable CPUs, 64.0 GB of memory, Linux 6.18.0"


def test_the_clock_is_told_by_its_name_and_source() -> None:
    assert words()["Clock"] == "CLOCK_MONOTONIC (tsc), to 1.00 ns"
    other = {"clock": "mach_absolute_time()", "clock_source": None}
    assert words(system=other)["Clock"] == "mach_absolute_time, to 1.00 ns"


def test_a_container_is_told_with_its_limits() -> None:
    said = words(
        cpus={"usable": 1, "affinity": 4, "quota": 0.5, "cgroup": 2, "smt": True, "cores": 4},
        memory={"limit": 2 * GB, "swap_used": GB},
        system={"container": "docker"},
        room={"processes": 1_500},
    )
    assert said["Usable"] == "1"
    assert said["Logical CPUs"] == "8, 4 of them for the lab"
    assert said["Quota"] == "0.5 CPUs (cgroup version 2)"
    assert said["Physical cores"] == "4, with several CPUs each (SMT)"
    assert said["Limit"] == "2.00 GB (cgroup)"
    assert said["Swap"] == "1.00 GB of 8.00 GB used"
    assert said["Container"] == "docker"
    assert said["Processes"] == "at most 1,500"


def test_what_is_not_there_and_what_is_not_told_are_two_things() -> None:
    said = words(
        cpus={"governor": None, "turbo": None, "cores": None},
        system={"container": None, "load": None, "uptime": None, "randomised": None},
        room={"shared": None},
    )
    untold = {name for name, value in said.items() if value.startswith("not told")}
    assert untold == {
        "Governor",
        "Turbo",
        "Physical cores",
        "Container",
        "Load of a minute",
        "Up for",
        "Memory layout (ASLR)",
        "Shared memory (/dev/shm)",
    }
    assert (said["Virtual machine"], said["Quota"]) == ("none", "none")


def test_builds_in_a_word() -> None:
    builds = [
        {"debug": False, "pgo": True, "lto": True},
        {"debug": False, "pgo": False, "lto": True},
        {"debug": True, "pgo": False, "lto": False},
        {"debug": False, "pgo": None, "lto": None},
        {},
    ]
    told = [build_of(a_python(build=build)) for build in builds]
    assert told == ["PGO, LTO", "no PGO, LTO", "debug, no PGO", "", ""]


def test_what_cannot_run_is_counted_and_told_by_reason() -> None:
    python = a_python(
        executors={"threads": None, "interpreters": "It needs Python 3.14 or later."},
        workloads={"primes": None, "matmul": "It has no numpy.", "ufunc": "It has no numpy."},
    )
    assert (able(python.executors), able(python.workloads), able({})) == (
        "1 of 2",
        "1 of 3",
        "none",
    )
    assert able({"primes": None}) == "all 1"
    assert barred(python) == [
        ("interpreters", "It needs Python 3.14 or later."),
        ("matmul and ufunc", "It has no numpy."),
    ]
    assert barred(a_python(problem="It is old.")) == [("anything", "It is old.")]
