"""The traced passes of a run in the Trace Event Format, which Perfetto opens.

A contender is a process there, and a worker a thread; all passes begin at the same moment.
"""

from collections.abc import Iterator
from typing import Any

from bench.analysis.timelines import Lane, lanes_of
from bench.analysis.words import about
from bench.errors import Refused
from bench.exports.escaping import one_line
from bench.samples import Run, Span, Trace

Event = dict[str, Any]

# In the format's unit; spans are kept to a nanosecond.
_MICROSECONDS, _DIGITS = 1e6, 3


def chrome_trace(run: Run) -> dict[str, Any]:
    """All spans of a run's traces. Raises Refused if it has none."""
    if not run.traces:
        raise Refused("run", run.id, "one of which a pass was traced")
    order = [one.name for one in run.plan.line_up]
    traces = sorted(run.traces, key=lambda trace: order.index(trace.contender))
    return {
        "traceEvents": [
            event for place, trace in enumerate(traces, start=1) for event in _process(place, trace)
        ],
        "displayTimeUnit": "ms",
        "otherData": {"run": run.id, "what": one_line(about(run))},
    }


def _process(pid: int, trace: Trace) -> Iterator[Event]:
    lanes = lanes_of(trace)
    staged = any(span.stage for span in trace.spans)
    yield _named("process_name", pid, 0, name=trace.contender)
    yield _named("process_sort_index", pid, 0, sort_index=pid)
    yield _named("thread_name", pid, 0, name="pass")
    told = {"tasks": trace.tasks, "workers": trace.workers, "spans": len(trace.spans)}
    yield _complete("pass", "pass", pid, 0, 0.0, trace.pass_s, told)
    for tid, lane in enumerate(lanes, start=1):
        yield _named("thread_name", pid, tid, name=f"worker {lane.worker + 1}")
        yield _named("thread_sort_index", pid, tid, sort_index=tid)
        yield from _spans(pid, tid, lane, staged)


def _spans(pid: int, tid: int, lane: Lane, staged: bool) -> Iterator[Event]:
    """The lane's spans; where rounding let two overlap, the later one begins as the other ends."""
    free = 0.0
    for span in lane.spans:
        start = max(span.start, free)
        free = max(start, span.end)
        yield _complete(_name(span, staged), "task", pid, tid, start, free, _facts(span))


def _name(span: Span, staged: bool) -> str:
    if not staged:
        return "task"
    return "computing" if span.stage else "waiting"


def _facts(span: Span) -> dict[str, float]:
    if span.cpu is None:
        return {}
    took = span.end - span.start
    share = {"on_cpu": round(min(1.0, span.cpu / took), 4)} if took else {}
    return {"cpu_us": _rounded(span.cpu), **share}


def _named(what: str, pid: int, tid: int, **told: object) -> Event:
    return {"ph": "M", "name": what, "pid": pid, "tid": tid, "args": told}


def _complete(
    name: str, category: str, pid: int, tid: int, start: float, end: float, told: dict[str, Any]
) -> Event:
    return {
        "ph": "X",
        "name": name,
        "cat": category,
        "pid": pid,
        "tid": tid,
        "ts": _rounded(start),
        "dur": max(0.0, round(_rounded(end) - _rounded(start), _DIGITS)),
        "args": told,
    }


def _rounded(seconds: float) -> float:
    return round(seconds * _MICROSECONDS, _DIGITS)
