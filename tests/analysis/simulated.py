"""Runs made up from a law of scaling, with the noise of rounds on a machine that drifts."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from bench.analysis.scaling import Ladder
from tests.analysis.test_coverage import drift

Array = npt.NDArray[np.float64]


def usl(workers: Sequence[int], contention: float, crosstalk: float = 0.0) -> Array:
    """The logarithms of the speedups that the law gives; without crosstalk it is Amdahl's."""
    counts = np.array(workers, dtype=float)
    load = 1 + contention * (counts - 1) + crosstalk * counts * (counts - 1)
    return np.asarray(np.log(counts / load))


def runs_of(
    rng: np.random.Generator,
    runs: int,
    rounds: int,
    logs: Array,
    size: float = 0.02,
    growing: float = 0.0,
    *,
    skewed: bool = False,
) -> Array:
    """Speedups by run, round and number of workers: all of a round share their baseline's noise.

    `size` is the noise of a trial; each further number of workers has `growing` more of it.
    """
    trials = len(logs) + 1
    machine = drift(rng, runs, rounds * trials).reshape(runs, rounds, trials)
    orders = rng.permuted(np.tile(np.arange(trials), (runs, rounds, 1)), axis=2)
    drawn = rng.exponential(1, machine.shape) - 1 if skewed else rng.normal(0, 1, machine.shape)
    own = drawn * size * (1 + growing * np.arange(trials))
    times = np.take_along_axis(machine, orders, axis=2) + own
    return np.asarray(np.exp(logs + times[:, :, :1] - times[:, :, 1:]))


def a_ladder(
    workers: Sequence[int],
    rows: Array | Sequence[Sequence[float]],
    *,
    kind: str | None = "cpu",
    usable: int | None = 64,
    differing: tuple[int, ...] = (),
) -> Ladder:
    """A ladder of these speedups: a row a round, a column a number of workers."""
    columns = np.array(rows, dtype=float).T.tolist()
    by_round = [dict(enumerate(column, start=1)) for column in columns]
    speedups = dict(zip(workers, by_round, strict=True))
    return Ladder("processes", kind, usable, speedups, differing=differing)


def made_up(
    workers: Sequence[int], logs: Array, *, rounds: int = 5, size: float = 0.01, **more: Any
) -> Ladder:
    """A ladder of one run around these logarithms; `more` as for `a_ladder`."""
    rows = runs_of(np.random.default_rng(1), 1, rounds, logs, size)[0]
    return a_ladder(workers, rows, **more)
