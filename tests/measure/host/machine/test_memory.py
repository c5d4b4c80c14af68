"""Memory, swap and limits, from made-up files."""

import os
import resource
from collections.abc import Mapping
from pathlib import Path

import psutil
import pytest

from bench.measure.host.machine.memory import memory, room
from tests.measure.trees import a_tree

MEMINFO = """MemTotal:       8000 kB
MemFree:         100 kB
MemAvailable:   6000 kB
SwapTotal:      1000 kB
SwapFree:        400 kB
HugePages_Total:   0
"""
KIB = 1024
V2, V1 = "0::/a/b\n", "5:memory:/a/b\n0::/\n"


def test_memory_and_swap_are_as_proc_tells_them(tmp_path: Path) -> None:
    found = memory(a_tree(tmp_path, {"proc/meminfo": MEMINFO}))
    assert (found.total, found.available) == (8_000 * KIB, 6_000 * KIB)
    assert (found.swap, found.swap_used, found.limit) == (1_000 * KIB, 600 * KIB, None)


@pytest.mark.parametrize(
    ("cgroup", "files"),
    [
        (
            V2,
            {
                "a/b/memory.max": "max\n",
                "a/memory.max": f"{4_000 * KIB}\n",
                "a/memory.current": f"{3_000 * KIB}\n",
                "a/memory.stat": f"anon 1\ninactive_file {500 * KIB}\nactive_file 9\n",
            },
        ),
        (
            V1,
            {
                "memory/a/b/memory.limit_in_bytes": f"{4_000 * KIB}\n",
                "memory/a/b/memory.usage_in_bytes": f"{3_000 * KIB}\n",
                "memory/a/b/memory.stat": f"inactive_file 7\ntotal_inactive_file {500 * KIB}\n",
                "memory/memory.limit_in_bytes": "9223372036854771712\n",
            },
        ),
    ],
    ids=["version 2", "version 1"],
)
def test_a_containers_limit_leaves_what_is_not_used_of_it(
    tmp_path: Path, cgroup: str, files: Mapping[str, str]
) -> None:
    below = {f"sys/fs/cgroup/{place}": text for place, text in files.items()}
    root = a_tree(tmp_path, {"proc/meminfo": MEMINFO, "proc/self/cgroup": cgroup, **below})
    found = memory(root)
    assert found.limit == 4_000 * KIB
    # What the kernel keeps of files is given back when it is needed.
    assert found.available == 1_500 * KIB


@pytest.mark.parametrize("text", ["", "MemTotal: 5 kB\n", MEMINFO.replace("6000", "many")])
def test_where_proc_does_not_tell_the_library_does(tmp_path: Path, text: str) -> None:
    found = memory(a_tree(tmp_path, {"proc/meminfo": text}))
    assert found.total == psutil.virtual_memory().total


def test_room_is_that_of_the_disk_where_the_data_folder_is_or_will_be(tmp_path: Path) -> None:
    found = room(tmp_path / "not" / "there" / "yet", tmp_path)
    assert found.disk_free > 0
    assert found.shared is None


def test_the_least_of_the_limits_on_processes_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        "proc/self/cgroup": "0::/a/b\n",
        "sys/fs/cgroup/a/b/pids.max": "max\n",
        "sys/fs/cgroup/a/pids.max": "300\n",
        "sys/fs/cgroup/pids.max": "900\n",
    }
    root = a_tree(tmp_path, files)
    monkeypatch.setattr(resource, "getrlimit", lambda _: (200, 400))
    monkeypatch.setattr(os, "geteuid", lambda: 1_000)
    found = room(tmp_path, root)
    assert (found.processes, found.open_files, found.most_open_files) == (200, 200, 400)
    monkeypatch.setattr(os, "geteuid", lambda: 0)  # whom the user's limit does not hold
    assert room(tmp_path, root).processes == 300


def test_no_limit_is_no_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unlimited = resource.RLIM_INFINITY
    monkeypatch.setattr(resource, "getrlimit", lambda _: (unlimited, unlimited))
    found = room(tmp_path, tmp_path)
    assert (found.processes, found.open_files, found.most_open_files) == (None, None, None)
