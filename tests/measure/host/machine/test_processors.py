"""CPUs, cores and clocks, from a made-up /sys."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bench.measure.host.machine.processors import processors
from tests.measure.trees import a_tree

CPU = "sys/devices/system/cpu"


def cores(*siblings: str, name: str = "core_cpus_list") -> dict[str, str]:
    """What the system tells of the core of each CPU, the first CPU first."""
    return {
        f"{CPU}/cpu{number}/topology/{name}": f"{text}\n" for number, text in enumerate(siblings)
    }


@pytest.mark.parametrize("name", ["core_cpus_list", "thread_siblings_list"])
def test_cpus_that_share_a_core_are_told_apart_from_cores(tmp_path: Path, name: str) -> None:
    root = a_tree(tmp_path, cores("0,2", "1,3", "0,2", "1,3", name=name))
    found = processors(root, mine={0, 2})
    assert (found.cores, found.usable_cores, found.smt) == (2, 1, True)
    assert processors(root, mine={0, 1}).usable_cores == 2


def test_without_shared_cores_there_is_no_smt(tmp_path: Path) -> None:
    found = processors(a_tree(tmp_path, cores("0", "1")), mine={1})
    assert (found.cores, found.usable_cores, found.smt) == (2, 1, False)


def test_governors_that_differ_are_all_named(tmp_path: Path) -> None:
    governors = {0: "powersave\n", 1: "performance\n", 2: "ondemand\n"}
    files = {f"{CPU}/cpu{cpu}/cpufreq/scaling_governor": text for cpu, text in governors.items()}
    files[f"{CPU}/cpu0/cpufreq/scaling_driver"] = "intel_pstate\n"
    root = a_tree(tmp_path, files)
    assert processors(root, mine={0, 1}).governor == "performance, powersave"
    assert processors(root, mine={1}).governor == "performance"
    assert processors(root, mine={0}).driver == "intel_pstate"


@pytest.mark.parametrize(
    ("files", "turbo"),
    [
        ({"intel_pstate/no_turbo": "0\n"}, True),
        ({"intel_pstate/no_turbo": "1\n"}, False),
        ({"cpufreq/boost": "1\n"}, True),
        ({"cpufreq/boost": "0\n"}, False),
        ({"cpu0/cpufreq/boost": "0", "cpu1/cpufreq/boost": "1"}, True),
        ({"cpu0/cpufreq/boost": "0", "cpu9/cpufreq/boost": "1"}, False),
        ({"cpufreq/boost": "perhaps\n"}, None),
        ({}, None),
    ],
)
def test_turbo_is_told_in_several_places(
    tmp_path: Path, files: Mapping[str, str], turbo: bool | None
) -> None:
    root = a_tree(tmp_path, {f"{CPU}/{place}": text for place, text in files.items()})
    assert processors(root, mine={0, 1}).turbo is turbo


@pytest.mark.parametrize(
    ("listed", "count"), [("2-5,9\n", 3), ("\n", 0), ("0\n", 0), ("all of them\n", 0)]
)
def test_only_my_isolated_cpus_count(tmp_path: Path, listed: str, count: int) -> None:
    root = a_tree(tmp_path, {f"{CPU}/isolated": listed})
    assert processors(root, mine={3, 4, 9}).isolated == count


def test_half_a_cpu_of_quota_makes_one_usable_and_names_its_cgroup(tmp_path: Path) -> None:
    files = {"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": "50000 100000\n"}
    found = processors(a_tree(tmp_path, files))
    assert (found.usable, found.quota, found.cgroup) == (1, 0.5, 2)


def test_the_model_and_the_idle_driver_are_named(tmp_path: Path) -> None:
    files = {
        "proc/cpuinfo": "processor\t: 0\nmodel name\t: Some CPU @ 2.40GHz\nflags\t\t: fpu\n",
        f"{CPU}/cpuidle/current_driver": "intel_idle\n",
    }
    found = processors(a_tree(tmp_path, files))
    assert (found.model, found.idle_driver) == ("Some CPU @ 2.40GHz", "intel_idle")


def test_what_the_system_does_not_tell_is_not_made_up(tmp_path: Path) -> None:
    found = processors(tmp_path)
    untold = (found.cores, found.usable_cores, found.smt, found.isolated, found.quota, found.cgroup)
    assert {*untold, found.governor, found.driver, found.turbo, found.idle_driver} == {None}
    assert found.usable >= 1
