"""Arithmetic on arrays, against plain loops over whole numbers."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.workloads.arrays import OFFSETS, elementwise, multiply, points_and_centres
from tests.workloads.ways import answer_of

FEW = settings(max_examples=25)


@FEW
@given(st.integers(0, 1_000), st.integers(1, 12))
def test_a_product_is_that_of_rows_and_columns(number: int, size: int) -> None:
    span = range(size)
    left = [[(i * 31 + j * 17) % 10 + number % 10 for j in span] for i in span]
    right = [[(i * 13 + j * 7) % 10 for j in span] for i in span]
    product = sum(left[i][k] * right[k][j] for i in span for j in span for k in span)
    assert multiply((number, size)) == product


def test_a_large_product_is_exact() -> None:
    columns = [sum((i * 31 + j * 17) % 10 + 3 for i in range(400)) for j in range(400)]
    rows = [sum((i * 13 + j * 7) % 10 for j in range(400)) for i in range(400)]
    assert multiply((3, 400)) == sum(a * b for a, b in zip(columns, rows, strict=True))


@FEW
@given(st.integers(0, 1_000), st.integers(1, 3_000), st.integers(1, 3))
def test_an_elementwise_sum_is_that_of_a_loop(number: int, size: int, loops: int) -> None:
    offset = number % OFFSETS
    expected = sum((i + offset) % 1_000 * (i % 7) + i % 7 for i in range(size))
    assert elementwise((number, size, loops)) == expected


def step(points: list[list[int]], centres: list[list[int]]) -> list[list[float]]:
    """One step of k-means by the book."""
    members: list[list[list[int]]] = [[] for _ in centres]
    for point in points:
        distances = [
            sum((x - c) ** 2 for x, c in zip(point, centre, strict=True)) for centre in centres
        ]
        members[distances.index(min(distances))].append(point)
    return [
        [sum(axis) / len(cluster) for axis in zip(*cluster, strict=True)] for cluster in members
    ]


@FEW
@given(st.integers(1, 5), st.integers(100, 150), st.integers(2, 8))
def test_new_centres_are_those_of_a_loop(chunks: int, points: int, clusters: int) -> None:
    cloud, centres = points_and_centres(points, clusters)
    grid = [[int(x) for x in point] for point in cloud]
    chosen = [point for chunk in range(chunks) for point in grid[chunk : chunk + points]]
    expected = step(chosen, [[int(x) for x in centre] for centre in centres])
    assert answer_of("kmeans", chunks=chunks, points=points, clusters=clusters) == expected


def test_points_are_many_different_ones_on_a_grid() -> None:
    cloud, centres = points_and_centres(5_000, 16)
    assert ((cloud >= 0) & (cloud < 256) & (cloud == cloud.round())).all()
    assert len({tuple(point) for point in cloud.tolist()}) > 4_000
    assert len({tuple(centre) for centre in centres.tolist()}) == 16
