"""Usable CPUs, from made-up /proc and /sys."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from bench.measure.host.cpus import Cpus, cpus, quota

V2 = "0::/\n"
V1 = "12:memory:/docker/abc\n4:cpu,cpuacct:/docker/abc\n1:name=systemd:/docker/abc\n"


def a_machine(root: Path, cgroup: str, files: Mapping[str, str]) -> Path:
    """A root folder where a process is in these cgroups, with these files below /sys/fs/cgroup."""
    for place, text in {"proc/self/cgroup": cgroup, **under_sys(files)}.items():
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).write_text(text)
    return root


def under_sys(files: Mapping[str, str]) -> dict[str, str]:
    return {f"sys/fs/cgroup/{place}": text for place, text in files.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("200000 100000\n", 2.0),
        ("50000 100000\n", 0.5),
        ("150000 100000\n", 1.5),
        ("max 100000\n", None),
    ],
)
def test_a_quota_of_version_2(tmp_path: Path, text: str, expected: float | None) -> None:
    assert quota(a_machine(tmp_path, V2, {"cpu.max": text})) == expected


@pytest.mark.parametrize(
    ("limit", "period", "expected"),
    [("200000\n", "100000\n", 2.0), ("50000", "100000", 0.5), ("-1\n", "100000\n", None)],
)
def test_a_quota_of_version_1(
    tmp_path: Path, limit: str, period: str, expected: float | None
) -> None:
    folder = "cpu,cpuacct/docker/abc/"
    files = {f"{folder}cpu.cfs_quota_us": limit, f"{folder}cpu.cfs_period_us": period}
    assert quota(a_machine(tmp_path, V1, files)) == expected


def test_a_quota_of_version_1_as_a_container_sees_it(tmp_path: Path) -> None:
    files = {"cpu/cpu.cfs_quota_us": "300000", "cpu/cpu.cfs_period_us": "100000"}
    assert quota(a_machine(tmp_path, V1, files)) == 3.0


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("100000 100000", "400000 100000", 1.0),
        ("400000 100000", "100000 100000", 1.0),
        ("max 100000", "300000 100000", 3.0),
        ("300000 100000", "max 100000", 3.0),
        ("max 100000", "max 100000", None),
    ],
)
def test_the_least_quota_on_the_way_up_counts(
    tmp_path: Path, outer: str, inner: str, expected: float | None
) -> None:
    files = {"a/cpu.max": outer, "a/b/c/cpu.max": inner, "a/b/other/cpu.max": "1000 100000"}
    assert quota(a_machine(tmp_path, "0::/a/b/c\n", files)) == expected


def test_a_quota_of_version_2_is_found_where_both_are_mounted(tmp_path: Path) -> None:
    files = {"unified/a/cpu.max": "200000 100000"}
    assert quota(a_machine(tmp_path, "1:name=systemd:/a\n0::/a\n", files)) == 2.0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "many",
        "a b",
        "100000",
        "1 2 3",
        "100000 0",
        "1e5 100000",
        "100000 max",
        "\x00\x01",
    ],
)
def test_a_quota_that_makes_no_sense_is_none(tmp_path: Path, text: str) -> None:
    assert quota(a_machine(tmp_path, V2, {"cpu.max": text})) is None


def test_a_quota_that_makes_no_sense_does_not_hide_another(tmp_path: Path) -> None:
    files = {"a/cpu.max": "nonsense", "cpu.max": "200000 100000"}
    assert quota(a_machine(tmp_path, "0::/a\n", files)) == 2.0


@pytest.mark.parametrize("cgroup", ["", "nonsense\n", "0:\n", ":::::\n", "\n\n", "3:cpuset:/a\n"])
def test_cgroups_that_make_no_sense_give_no_quota(tmp_path: Path, cgroup: str) -> None:
    assert quota(a_machine(tmp_path, cgroup, {})) is None


def test_a_system_without_cgroups_has_no_quota(tmp_path: Path) -> None:
    assert quota(tmp_path) is None


@pytest.mark.parametrize(
    ("affinity", "limit", "usable"),
    [
        (8, None, 8),
        (4, 8.0, 4),
        (4, 2.0, 2),
        (4, 2.1, 3),
        (4, 0.5, 1),
        (4, 0.0, 1),
        (1, 16.0, 1),
    ],
)
def test_usable_is_the_least_of_affinity_and_quota_rounded_up(
    affinity: int, limit: float | None, usable: int
) -> None:
    assert Cpus(logical=8, affinity=affinity, quota=limit).usable == usable


def test_a_pinned_process_may_use_what_it_is_pinned_to(tmp_path: Path) -> None:
    if not hasattr(os, "sched_getaffinity"):
        pytest.skip("this system pins no processes")
    before = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(before)})
        assert cpus(tmp_path).usable == 1
    finally:
        os.sched_setaffinity(0, before)


def test_the_cgroup_that_sets_the_quota_is_told_with_its_version(tmp_path: Path) -> None:
    first = a_machine(
        tmp_path / "v1", V1, {"cpu/cpu.cfs_quota_us": "1", "cpu/cpu.cfs_period_us": "2"}
    )
    second = a_machine(tmp_path / "v2", V2, {"cpu.max": "50000 100000"})
    assert [cpus(root).cgroup for root in (first, second, tmp_path)] == [1, 2, None]


def test_this_machine_has_at_least_one_usable_cpu_and_no_more_than_it_has() -> None:
    found = cpus()
    assert 1 <= found.usable <= found.affinity <= found.logical
