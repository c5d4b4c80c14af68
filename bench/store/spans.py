"""Spans as few bytes: columns of whole numbers, each the difference to the one before it.

A span of a pass is kept to a millionth of the pass, and no finer than a nanosecond.
"""

import json
import zlib
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from bench.samples import Span

Column = Sequence[int | None]


def packed(spans: Sequence[Span], pass_s: float) -> bytes:
    """The spans of a pass of so many seconds as bytes."""
    unit = _unit(pass_s)
    starts = [round(span.start / unit) for span in spans]
    columns: list[Column] = [
        [span.worker for span in spans],
        [span.stage for span in spans],
        [later - earlier for earlier, later in pairwise([0, *starts])],
        [round((span.end - span.start) / unit) for span in spans],
        [None if span.cpu is None else round(span.cpu / unit) for span in spans],
    ]
    return zlib.compress(json.dumps(columns, separators=(",", ":")).encode(), 9)


def unpacked(data: bytes, pass_s: float) -> tuple[Span, ...]:
    """The spans that were packed."""
    unit = _unit(pass_s)
    workers, stages, steps, lengths, cpus = json.loads(zlib.decompress(data))
    return tuple(
        Span(
            worker,
            stage,
            start * unit,
            (start + length) * unit,
            None if cpu is None else cpu * unit,
        )
        for worker, stage, start, length, cpu in _rows(workers, stages, steps, lengths, cpus)
    )


def _rows(
    workers: Sequence[int],
    stages: Sequence[int],
    steps: Iterable[int],
    lengths: Sequence[int],
    cpus: Column,
) -> Iterable[tuple[int, int, int, int, int | None]]:
    return zip(workers, stages, accumulate(steps), lengths, cpus, strict=True)


def _unit(pass_s: float) -> float:
    return max(1e-9, pass_s * 1e-6)
