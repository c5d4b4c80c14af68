"""Memory, disk and limits: what there may be too little of."""

from collections.abc import Iterator

from bench.analysis.doctor.finding import Check, Finding
from bench.analysis.words import size
from bench.machine import Machine

MB = 10**6

# Below these, work of the lab's own may fail or slow down.
LEAST_MEMORY = 1_000 * MB
LEAST_SHARED = 128 * MB
LEAST_DISK = 500 * MB
LEAST_FILES = 1_024
LEAST_PROCESSES = 512

# Less than that on the swap is what any system puts aside.
MOST_SWAPPED = 64 * MB


def _memory(machine: Machine) -> Iterator[Finding]:
    memory = machine.memory
    if memory.available < LEAST_MEMORY:
        yield Finding(
            "low-memory",
            "hurts",
            f"Only {size(memory.available)} of {size(memory.limit or memory.total)} of memory are "
            "available: many processes or large work will swap, or be ended by the system.",
            "Close what needs memory, or raise the container's limit.",
        )


def _swap(machine: Machine) -> Iterator[Finding]:
    if machine.memory.swap_used > MOST_SWAPPED:
        yield Finding(
            "swap-used",
            "worth knowing",
            f"{size(machine.memory.swap_used)} of memory have been moved to the disk: "
            "whoever needs them back waits.",
            "Close what needs memory; sudo swapoff -a brings back what then fits.",
        )


def _shared(machine: Machine) -> Iterator[Finding]:
    shared = machine.room.shared
    if shared is not None and shared < LEAST_SHARED:
        yield Finding(
            "small-shm",
            "worth knowing",
            f"/dev/shm holds {size(shared)}: larger arrays cannot be shared between processes.",
            "Give the container more, with Docker --shm-size=1g.",
        )


def _disk(machine: Machine) -> Iterator[Finding]:
    if machine.room.disk_free < LEAST_DISK:
        yield Finding(
            "low-disk",
            "hurts",
            f"Only {size(machine.room.disk_free)} are free on the disk of the data folder: "
            "runs may not be kept.",
            "Make room there, or set BENCH_DATA to a folder on another disk.",
        )


def _files(machine: Machine) -> Iterator[Finding]:
    soft, hard = machine.room.open_files, machine.room.most_open_files
    if soft is not None and soft < LEAST_FILES:
        most = LEAST_FILES if hard is None else min(hard, LEAST_FILES)
        raised = f"Start the lab after ulimit -n {most}" if most > soft else "Raise the hard limit"
        yield Finding(
            "few-open-files",
            "worth knowing",
            f"A process may hold {soft:,} files open: pools of very many workers may fail.",
            f"{raised}.",
        )


def _processes(machine: Machine) -> Iterator[Finding]:
    most = machine.room.processes
    if most is not None and most < LEAST_PROCESSES:
        yield Finding(
            "few-processes",
            "worth knowing",
            f"At most {most:,} processes and threads may run at once: pools of many workers fail.",
            "Raise the limit: ulimit -u, or with Docker --pids-limit.",
        )


CHECKS: tuple[Check, ...] = (_memory, _swap, _shared, _disk, _files, _processes)
