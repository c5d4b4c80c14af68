"""The ways to cancel work while it is under way."""

import asyncio
import multiprocessing
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any

from bench.experiments.watched import PATIENCE, Job, Watch, awaiting, looking, stubborn, work

Work = Callable[..., None]
Awaiting = Coroutine[Any, Any, None]


def cancel_running(pool: Executor, work: Work, begun: Watch) -> bool:
    future = pool.submit(work)
    begun.wait()
    return future.cancel()


def ask_to_stop(pool: Executor, work: Work, begun: Watch) -> None:
    stop = threading.Event()
    future = pool.submit(work, stop)
    begun.wait()
    stop.set()  # it looks, at each step
    future.result()


async def cancel_task(work: Awaiting, begun: Watch) -> bool:
    task = asyncio.create_task(work)
    await begun.soon()
    said = task.cancel()
    with suppress(asyncio.CancelledError):
        await task  # it ends at its next await
    return said


async def _task(coroutine: Awaiting, watch: Watch) -> str:
    said = await cancel_task(coroutine, watch)
    watch.let_go = time.monotonic()
    return str(said)


async def _shield(watch: Watch) -> str:
    inner = asyncio.create_task(awaiting(watch.job))
    said = await _task(_await(asyncio.shield(inner)), watch)
    await inner
    return said


async def _await(one: Awaitable[None]) -> None:
    await one


async def _timeout(watch: Watch) -> str:
    async def expire() -> None:
        await watch.soon()
        limit.reschedule(asyncio.get_running_loop().time())

    try:
        async with asyncio.timeout(None) as limit:
            await asyncio.gather(awaiting(watch.job), expire())
    except TimeoutError:
        return "TimeoutError"
    return "nothing"


def _not_begun(watch: Watch) -> str:
    gate = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(gate.wait, PATIENCE)
        future = pool.submit(work, watch.job)
        watch.cancelled = time.monotonic()
        said = future.cancel()
        gate.set()
    return str(said)


def _running(watch: Watch) -> str:
    with ThreadPoolExecutor(1) as pool:
        return str(cancel_running(pool, partial(work, watch.job), watch))


def _asked(watch: Watch) -> str:
    with ThreadPoolExecutor(1) as pool:
        ask_to_stop(pool, partial(looking, watch.job), watch)
    return "nothing"


# What a worker process works at: handed over as it starts, as a pipe cannot be sent later.
_jobs: list[Job] = []


def _take(job: Job) -> None:
    _jobs.append(job)


def _work_there() -> None:
    work(_jobs[0])


def _in_process_pool(watch: Watch) -> str:
    with ProcessPoolExecutor(1, initializer=_take, initargs=(watch.job,)) as pool:
        return str(cancel_running(pool, _work_there, watch))


def _terminated_workers(watch: Watch) -> str:
    with ProcessPoolExecutor(1, initializer=_take, initargs=(watch.job,)) as pool:
        future = pool.submit(_work_there)
        watch.wait()
        pool.terminate_workers()  # type: ignore[attr-defined]
        return type(future.exception(PATIENCE)).__name__


def _process(end: str, watch: Watch) -> str:
    process = multiprocessing.Process(target=work, args=(watch.job,))
    process.start()
    watch.wait()
    getattr(process, end)()
    process.join(PATIENCE)
    return f"exit {process.exitcode}"


def _run(way: Callable[[Watch], Coroutine[Any, Any, str]], watch: Watch) -> str:
    return asyncio.run(way(watch))


# Each way; what it says is what the one who cancels hears.
WAYS: dict[str, Callable[[Watch], str]] = {
    "asyncio task": partial(_run, lambda watch: _task(awaiting(watch.job), watch)),
    "asyncio.timeout()": partial(_run, _timeout),
    "task that suppresses it": partial(_run, lambda watch: _task(stubborn(watch.job), watch)),
    "asyncio.shield()": partial(_run, _shield),
    "asyncio.to_thread()": partial(
        _run, lambda watch: _task(asyncio.to_thread(work, watch.job), watch)
    ),
    "waiting future": _not_begun,
    "running future (thread)": _running,
    "thread with an Event": _asked,
    "running future (process)": _in_process_pool,
    "pool.terminate_workers()": _terminated_workers,
    "process.terminate()": partial(_process, "terminate"),
    "process.kill()": partial(_process, "kill"),
}

# The ways that call cancel(): what the belief is about.
BY_CANCEL = (
    "asyncio task",
    "task that suppresses it",
    "asyncio.shield()",
    "asyncio.to_thread()",
    "waiting future",
    "running future (thread)",
    "running future (process)",
)


def missing(way: str) -> str | None:
    """Why this Python has not that way; None if it has."""
    if way == "pool.terminate_workers()" and not hasattr(ProcessPoolExecutor, "terminate_workers"):
        return "needs Python 3.14 or later"
    return None
