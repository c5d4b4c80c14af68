"""Do the addresses of exports bear many readers at once?

One run that has ended, in a running app; requests for its exports, most of them charts, so many at
once. The readers are a process of its own beside the app, as in a load test on one machine.
"""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bench.analysis.intervals import Interval
from benchmarks.app import running_app
from benchmarks.rows import Bound, Row
from benchmarks.session import Session
from benchmarks.viewing import store_of
from tests.factory import a_run

REQUESTS, AT_ONCE = 10_000, 64

# A request that is answered with anything but 200 or 304 is an error.
ERRORS = Bound(high=0.0)

ENDS = (".json", ".csv", ".md", "/speedup.svg", "/times.svg", "/speedup.svg?theme=dark")


def rows(session: Session) -> Iterator[Row]:
    count = session.times(REQUESTS, least=200)
    with running_app(Path(session.reaper.folder) / "shares", session) as app:
        with closing(store_of(app)) as store:
            run = a_run(rounds=20)
            id_ = store.runs.add(run.plan, "running", environment=run.environment)
            for outcome in run.outcomes:
                store.runs.keep(id_, outcome)
            store.runs.end(id_, "done")
        before = app.cpu_s()
        paths = json.dumps([f"/share/{id_}{end}" for end in ENDS])
        request = ("-m", "benchmarks.scripts.shares", app.url, paths, str(count), str(AT_ONCE))
        told = session.told(*request)
        cpu_s, memory = app.cpu_s() - before, app.memory(tree=False)
    what = f"{count:,} requests for exports, {AT_ONCE} at once"
    codes = ", ".join(f"{code}: {number}" for code, number in sorted(told["codes"].items()))
    yield Row(what, "errors", Interval(told["errors"]), "", count, ERRORS, note=codes)
    waits = sorted(told["waits"])
    for name, share in (("half", 0.5), ("99%", 0.99)):
        yield Row(what, f"{name} answered within", Interval(waits[int(share * count)]), "s", count)
    yield Row(what, "throughput", Interval(count / told["seconds"]), "/s", count)
    yield Row(what, "CPU of the app a request", Interval(1e3 * cpu_s / count), "ms", count)
    yield Row(what, "memory of the app", Interval(memory), "MiB", 1)
