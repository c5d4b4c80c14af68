"""Whether the lab works, for whoever watches over it: /health, and /metrics in OpenMetrics.

Both are answered from what was found out at most a few seconds ago, however often they are asked
for, and in a thread of their own: many who wait for exports do not hold them up.
"""

import asyncio
import json
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.clock import Latest
from bench.errors import Refused, Unavailable
from bench.settings import Settings
from bench.store import Store
from bench.web.metrics import metrics

# How old an answer may be, in seconds.
FRESH = 2.0

# Below that the data folder's disk counts as full, in bytes.
LEAST_ROOM = 100_000_000

# A job that has waited so long (s), while none goes on and the service waits for nobody, is stuck.
STUCK = 60.0

OPENMETRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8"


@dataclass(frozen=True)
class Check:
    """One thing that must be well, and what was found, as a sentence."""

    ok: bool
    told: str


@dataclass(frozen=True)
class _Answer:
    code: int
    text: str


def health_routes(
    store: Store, here: Settings, clock: Callable[[], float] = time.monotonic
) -> list[Route]:
    """/health and /metrics of a store; `clock` is what tells how old an answer is."""
    health = _Asked(partial(_health, store, here), "application/json", clock)
    told = _Asked(partial(_metrics, store, here), OPENMETRICS, clock)
    return [Route("/health", health.answer), Route("/metrics", told.answer)]


class _Asked:
    """An answer that is found out in a thread of its own, by one at a time and not too often."""

    def __init__(
        self, find: Callable[[], _Answer], media_type: str, clock: Callable[[], float]
    ) -> None:
        self._thread = ThreadPoolExecutor(1, "health")
        self._latest, self._media_type = Latest(FRESH, find, clock), media_type

    async def answer(self, _: Request) -> Response:
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._thread, self._latest)
        headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        return Response(found.text, found.code, headers, self._media_type)


def _health(store: Store, here: Settings) -> _Answer:
    checks = checked(store, here)
    ok = all(check.ok for check in checks.values())
    plain = {"ok": ok, "checks": {name: asdict(check) for name, check in checks.items()}}
    return _Answer(200 if ok else 503, json.dumps(plain, indent=2) + "\n")


def _metrics(store: Store, here: Settings) -> _Answer:
    try:
        return _Answer(200, metrics(store, here))
    except (OSError, Refused, Unavailable) as error:
        return _Answer(503, f"# {' '.join(str(error).split())}\n# EOF\n")


def checked(store: Store, here: Settings) -> dict[str, Check]:
    """What was found of each thing that must be well."""
    return {"database": _database(store), "disk": _disk(here)} | _measuring(store)


def _database(store: Store) -> Check:
    try:
        store.queue.exercise()
    except Unavailable as reason:
        return Check(False, str(reason))
    return Check(True, "A job can be put in the queue and taken from it.")


def _disk(here: Settings) -> Check:
    try:
        free = shutil.disk_usage(here.data).free
    except OSError as error:
        return Check(False, f"The data folder cannot be looked at ({error.strerror}).")
    told = f"{free / 1e6:,.0f} MB are free where the data is"
    if free < LEAST_ROOM:
        return Check(False, f"{told}, less than {LEAST_ROOM / 1e6:,.0f} MB: make room there.")
    return Check(True, f"{told}.")


def _measuring(store: Store) -> dict[str, Check]:
    try:
        holder, waited = store.queue.service(), store.queue.waited()
    except Unavailable as reason:
        return {"service": Check(False, str(reason)), "queue": Check(False, str(reason))}
    if holder is None:
        service = Check(False, "The measuring service gives no sign of life.")
    elif holder:
        service = Check(True, f"The measuring service waits for {holder}.")
    else:
        service = Check(True, "The measuring service is alive.")
    moves = holder != "" or waited < STUCK
    told = (
        "The queue moves." if moves else f"Jobs wait, the first for {waited:.0f} s; none goes on."
    )
    return {"service": service, "queue": Check(moves, told)}
