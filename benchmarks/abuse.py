"""Does what somebody may try change anything, and does a newcomer wait meanwhile?

A running app, whose host is busy, so that what is queued stays queued. Somebody forges plans,
presses Run a thousand times, sends files and noise, all at once; meanwhile others come one after
another and open the first page.
"""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from bench.analysis.intervals import Interval
from bench.measure.processes.hostlock import host_lock
from bench.settings import settings
from bench.store import Store
from benchmarks.app import running_app
from benchmarks.rows import Bound, Row
from benchmarks.session import Session
from benchmarks.viewing import store_of
from tests.browser.forged import is_offered
from tests.browser.talking import talk

# So many presses of Run in all, and so many before who tries begins anew.
ATTEMPTS, AT_A_TIME = 1_000, 100

# None of what is kept may be out of bounds; a newcomer's first page takes at most so many seconds.
NONE, SOON = Bound(high=0.0), Bound(high=1.0)


def rows(session: Session) -> Iterator[Row]:
    folder = Path(session.reaper.folder) / "abuse"
    folder.mkdir()
    attempts = session.times(ATTEMPTS, least=50)
    with (
        host_lock(folder / "lock", "python -m benchmarks abuse"),
        running_app(folder, session) as app,
        closing(store_of(app)) as store,
        ThreadPoolExecutor(1) as apart,
    ):
        _opened(app.url)
        calm = [_opened(app.url) for _ in range(session.times(20))]
        abuse = apart.submit(_tried, session, app.url, attempts)
        waits = _until_done(abuse, app.url)
        made = abuse.result()
        yield from _kept(store, sum(made.values()), ", ".join(f"{n} {k}" for k, n in made.items()))
        memory = app.memory(tree=False)
    yield Row(
        "a newcomer's first page, nobody else there", "99% within", _most(calm), "s", len(calm)
    )
    yield Row(
        "a newcomer's first page meanwhile", "99% within", _most(waits), "s", len(waits), SOON
    )
    yield Row("the app afterwards", "memory", Interval(memory), "MiB", 1)


def _tried(session: Session, url: str, attempts: int) -> Counter[str]:
    made: Counter[str] = Counter()
    while made["starts"] < attempts:
        most = str(min(AT_A_TIME, attempts))
        made += Counter(session.told("-m", "benchmarks.scripts.abuse", url, most))
    return made


def _kept(store: Store, attempts: int, note: str) -> Iterator[Row]:
    plans = [entry.run.plan for entry in store.history.page(1_000)]
    odd = sum(not is_offered(plan) for plan in plans)
    yield Row("plans that no form offers", "kept", Interval(odd), "", attempts, NONE, note=note)
    bound = Bound(high=settings({}).queue)
    yield Row("runs that wait", "kept", Interval(len(plans)), "", attempts, bound)


def _until_done(abuse: "Future[Counter[str]]", url: str) -> list[float]:
    waits = []
    while not abuse.done():
        waits.append(_opened(url))
        time.sleep(0.2)
    return waits


def _opened(url: str) -> float:
    """How long the first page takes in a session of its own, in seconds."""
    began = time.perf_counter()
    with talk(url) as newcomer:
        newcomer.run("lab")
    return time.perf_counter() - began


def _most(waits: list[float]) -> Interval:
    return Interval(sorted(waits)[int(0.99 * (len(waits) - 1))])
