"""Running a workload's work in the ways that must all give one answer."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bench.work import Work
from bench.workloads import find_workload


def work_of(name: str, server: str = "", **parameters: object) -> Work[Any, Any]:
    """A workload's work, checked and built as in a trial, with the resources that it asks for."""
    workload = find_workload(name)
    resources = {"server": server} if workload.resources else {}
    values = workload.parameters(parameters)
    workload.check(**values)
    return workload.build(**values, **resources)


def answer_of(name: str, **parameters: object) -> object:
    """The answer of doing work that needs no server, one task after another."""
    work = work_of(name, "", **parameters)
    return work.reduce(map(work.task, work.items))


def on_a_loop(atask: Callable[[Any], Awaitable[Any]], items: Sequence[Any]) -> list[Any]:
    """All items at once on an event loop of their own."""

    async def together() -> list[Any]:
        return await asyncio.gather(*(atask(item) for item in items))

    return asyncio.run(together())
