"""Cutting items into chunks, none lost and none twice."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.executors.chunks import chunk_size, in_chunks, in_order


@pytest.mark.parametrize(
    ("chunk", "tasks", "workers", "size"),
    [
        ("one", 100, 4, 1),
        (7, 100, 4, 7),
        (1_000, 100, 4, 1_000),
        ("even", 100, 4, 25),
        ("even", 101, 4, 26),
        ("even", 3, 4, 1),
        ("many", 256, 2, 32),
        ("many", 256, 16, 1),
        ("many", 257, 16, 5),
        ("many", 32, 2, 1),
        ("many", 33, 2, 5),
        ("many", 10, 4, 1),
        ("even", 0, 4, 1),
        ("many", 0, 4, 1),
    ],
)
def test_a_chunk_is_as_large_as_its_name_says(
    chunk: int | str, tasks: int, workers: int, size: int
) -> None:
    assert chunk_size(chunk, tasks, workers) == size


@given(
    st.sampled_from(["one", "even", "many"]) | st.integers(1, 1_000_000),
    st.integers(0, 100_000),
    st.integers(1, 2_000),
)
def test_a_chunk_holds_at_least_one_task(chunk: int | str, tasks: int, workers: int) -> None:
    assert chunk_size(chunk, tasks, workers) >= 1


@given(st.integers(1, 100_000), st.integers(1, 2_000))
def test_even_shares_are_no_more_than_there_are_workers(tasks: int, workers: int) -> None:
    size = chunk_size("even", tasks, workers)
    assert -(-tasks // size) <= workers


@given(st.lists(st.integers()), st.integers(1, 50))
def test_each_item_is_mapped_once_and_in_order(items: Sequence[int], size: int) -> None:
    assert list(in_chunks(map, negated, items, size)) == [-item for item in items]


def negated(number: int) -> int:
    return -number


def test_a_map_is_handed_slices_of_that_size() -> None:
    handed: list[Sequence[int]] = []

    def noting(task, slices):  # type: ignore[no-untyped-def]
        for part in slices:
            handed.append(part)
            yield task(part)

    list(in_chunks(noting, negated, [1, 2, 3, 4, 5], 2))
    assert handed == [[1, 2], [3, 4], [5]]


@given(st.integers(0, 50).flatmap(lambda count: st.permutations(range(count))))
def test_results_that_come_in_any_order_come_out_in_theirs(places: Sequence[int]) -> None:
    assert list(in_order((place, -place) for place in places)) == [-n for n in range(len(places))]
