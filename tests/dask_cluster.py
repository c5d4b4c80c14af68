"""A real Dask cluster for tests: a scheduler and workers, each a program of its own."""

import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bench.executors import find_executor
from bench.executors.dask import answers
from tests.executors.programs import environment
from tests.watching import PATIENCE, eventually

needs_dask = pytest.mark.skipif(
    find_executor("dask").missing() is not None,
    reason="dask.distributed is not installed (requirements-dask.txt).",
)

# Where it has them, two addresses of the loopback stand for two nodes.
HOSTS = ("127.0.0.1", "127.0.0.2" if sys.platform == "linux" else "127.0.0.1")

QUIET = ("--no-dashboard",)

Program = subprocess.Popen[bytes]


@dataclass
class Running:
    """A cluster that is running: its scheduler, its workers, and the folder of their files."""

    address: str
    folder: Path
    scheduler: Program
    workers: list[Program] = field(default_factory=list)

    @contextmanager
    def worker(
        self, host: str = HOSTS[0], variables: Mapping[str, str] | None = None
    ) -> Iterator[Program]:
        """One worker of one thread more; it is not waited for.

        `variables` are its environment: by default it has the lab on its path.
        """
        command = ("distributed.cli.dask_worker", self.address, "--host", host, "--no-nanny")
        with _program(self.folder, [*command, "--nthreads", "1", *QUIET], variables) as worker:
            yield worker

    def wait_for(self, workers: int) -> None:
        """Wait until the scheduler knows just so many workers."""
        eventually(lambda: len(self.known()) == workers, f"{workers} workers at the scheduler")

    def known(self) -> Sequence[str]:
        """The addresses of the workers that the scheduler knows."""
        return sorted(self._asked("nthreads"))

    def busy(self) -> bool:
        """Whether a worker has tasks to do."""
        return any(self._asked("processing").values())

    def _asked(self, question: str) -> Any:
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            return getattr(client, question)()


@contextmanager
def dask_cluster(folder: Path, hosts: Sequence[str] = HOSTS) -> Iterator[Running]:
    """A scheduler with a worker of one thread on each of the hosts."""
    with socket.create_server((HOSTS[0], 0)) as free:
        port = free.getsockname()[1]
    command = ("distributed.cli.dask_scheduler", "--host", HOSTS[0], "--port", str(port))
    address = f"tcp://{HOSTS[0]}:{port}"
    with _program(folder, [*command, *QUIET]) as scheduler, ExitStack() as stack:
        eventually(lambda: answers(address, PATIENCE), "a scheduler that answers")
        cluster = Running(address, folder, scheduler)
        for host in hosts:
            cluster.workers.append(stack.enter_context(cluster.worker(host)))
        cluster.wait_for(len(hosts))
        yield cluster


@contextmanager
def _program(
    folder: Path, arguments: Sequence[str], variables: Mapping[str, str] | None = None
) -> Iterator[Program]:
    """A program of Dask's, until the end of the block, however it ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=folder,
        env=environment(folder) if variables is None else variables,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(PATIENCE)
