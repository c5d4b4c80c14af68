"""Arithmetic on arrays in NumPy, which lets the GIL go while it works on one.

All numbers are whole and small enough for floats to hold them exactly, so that answers do not
depend on the order in which a library, or a number of threads, adds them up.
"""

import functools
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

from bench.forms import Between
from bench.work import Work
from bench.workloads import workload
from bench.workloads.blas import blas_environment

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

# A task's number and a size; or with a second number: of loops, of clusters.
Sized = tuple[int, int]
Looped = tuple[int, int, int]


@functools.lru_cache(maxsize=1)
def matrices(size: int) -> "tuple[Array, Array]":
    """Two square matrices of one-digit numbers."""
    import numpy as np

    rows, columns = np.indices((size, size), dtype=np.float64)
    return (rows * 31 + columns * 17) % 10, (rows * 13 + columns * 7) % 10


def multiply(item: Sized) -> int:
    """The sum of a product of two matrices, the first one raised by its task's number."""
    number, size = item
    left, right = matrices(size)
    return int(((left + number % 10) @ right).sum())


@workload(
    "native",
    seconds=lambda count, size, blas_threads: (
        count * (1e-5 + size**2 * 6e-9 + size**3 * 3.2e-11 / min(2, blas_threads))
    ),
    presets={"small": {"count": 64, "size": 500}},
    packages=("numpy",),
    environment=blas_environment("{blas_threads}"),
)
def matmul(
    count: Annotated[int, Between(1, 100_000), "How many products."] = 64,
    size: Annotated[int, Between(1, 4_000), "How many rows and columns each matrix has."] = 500,
    blas_threads: Annotated[  # noqa: ARG001  # its process has begun with it
        int,
        Between(1, 64),
        "How many threads NumPy's own library may use for one product, besides the workers.",
    ] = 1,
) -> Work[Sized, int]:
    """Multiply matrices with NumPy

    NumPy lets the GIL go for each product. Its library would use every CPU for a product by itself:
    here it may not, unless you let it.
    """
    matrices(size)
    return Work(task=multiply, items=[(number, size) for number in range(count)])


# So many different arrays are cut out of one.
OFFSETS = 16


@functools.lru_cache(maxsize=1)
def operands(size: int) -> "tuple[Array, Array]":
    """Two arrays of small numbers, the first a little longer than `size`."""
    import numpy as np

    index = np.arange(size + OFFSETS, dtype=np.float64)
    return index % 1_000, index[:size] % 7


def elementwise(item: Looped) -> int:
    """The sum of a·b + b, computed `loops` times over."""
    number, size, loops = item
    a, b = operands(size)
    a = a[number % OFFSETS :][:size]
    for _ in range(loops):
        out = a * b + b
    return int(out.sum())


@workload(
    "native",
    seconds=lambda count, size, loops: count * (5e-6 + loops * (8e-7 + size * 8e-10)),
    presets={
        "small": {"count": 200, "size": 100_000, "loops": 10},
        "small arrays": {"count": 1_000, "size": 50, "loops": 100},
    },
    packages=("numpy",),
)
def ufunc(
    count: Annotated[int, Between(1, 100_000), "How many tasks."] = 200,
    size: Annotated[int, Between(1, 10_000_000, "elements"), "How long the arrays are."] = 100_000,
    loops: Annotated[int, Between(1, 10_000), "How many times each task computes it."] = 10,
) -> Work[Looped, int]:
    """Compute a·b + b over arrays with NumPy

    NumPy lets the GIL go for each operation on a long array. Over short arrays most of the time is
    spent around the operations, in Python.
    """
    operands(size)
    return Work(task=elementwise, items=[(number, size, loops) for number in range(count)])


DIMENSIONS = 8

# How many points of each cluster there are, and their sum in each dimension.
Clusters = tuple[list[int], list[list[int]]]


@functools.lru_cache(maxsize=1)
def points_and_centres(points: int, clusters: int) -> "tuple[Array, Array]":
    """Points on a grid, a few more than asked for, and the centres that a step begins with."""
    import numpy as np

    index = np.arange(points + OFFSETS, dtype=np.int64)[:, None]
    factors = np.array([7, 31, 127, 211, 401, 601, 809, 997])
    cloud = (index * factors + index * index % 61) % 256
    return cloud.astype(np.float64), cloud[:clusters].astype(np.float64)


def assign(item: Looped) -> Clusters:
    """Give each point of a chunk to its nearest centre: counts and sums for the new centres."""
    import numpy as np

    number, points, clusters = item
    cloud, centres = points_and_centres(points, clusters)
    chunk = cloud[number % OFFSETS :][:points]
    distances = (centres * centres).sum(axis=1) - 2 * (chunk @ centres.T)
    nearest = distances.argmin(axis=1)
    members = (nearest == np.arange(clusters)[:, None]).astype(np.float64)
    return whole(members.sum(axis=1)), whole(members @ chunk)


def whole(array: "Array") -> Any:
    """An array of whole numbers as lists of int."""
    return array.astype("int64").tolist()


def new_centres(chunks: Iterable[Clusters]) -> list[list[float]]:
    """The mean of each cluster's points over all chunks; a cluster without points has none."""
    counts: list[int] = []
    sums: list[list[int]] = []
    for some, parts in chunks:
        counts = [a + b for a, b in zip(counts, some, strict=True)] if counts else some
        sums = (
            [[a + b for a, b in zip(*rows, strict=True)] for rows in zip(sums, parts, strict=True)]
            if sums
            else parts
        )
    return [
        [total / count for total in totals] if count else []
        for count, totals in zip(counts, sums, strict=True)
    ]


@workload(
    "native",
    seconds=lambda chunks, points, clusters: chunks * (5e-5 + points * clusters * 4e-9),
    presets={"small": {"chunks": 64, "points": 20_000, "clusters": 16}},
    packages=("numpy",),
    tasks=lambda chunks, **_: chunks,
)
def kmeans(
    chunks: Annotated[int, Between(1, 10_000), "How many chunks of points."] = 64,
    points: Annotated[int, Between(100, 1_000_000), "How many points each chunk has."] = 20_000,
    clusters: Annotated[int, Between(2, 64), "How many clusters they are put in."] = 16,
) -> Work[Looped, Clusters]:
    """Cluster points: one step of k-means with NumPy

    A usual step of machine learning: each chunk's points go to their nearest centres, and the sums
    of all chunks make the new ones. NumPy lets the GIL go for most of it.
    """
    points_and_centres(points, clusters)
    items = [(number, points, clusters) for number in range(chunks)]
    return Work(task=assign, items=items, reduce=new_centres)
