"""Hashing buffers, against hashlib on the same bytes."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from bench.workloads import find_workload
from bench.workloads.sha256 import hash_buffer


def plain(number: int, size: int) -> str:
    """The digest by the words of the workload's description."""
    filling = bytes(range(256)) * (size // 256) + bytes(size % 256)
    return hashlib.sha256(number.to_bytes(8, "big") + filling).hexdigest()


@given(st.integers(0, 100_000), st.integers(1, 5_000))
def test_a_buffers_digest_is_that_of_its_number_and_its_filling(number: int, size: int) -> None:
    assert hash_buffer((number, size)) == plain(number, size)


def test_the_answer_is_one_digest_over_all_in_order() -> None:
    work = find_workload("sha256").build(count=3, size=1_000)
    expected = hashlib.sha256("".join(plain(number, 1_000) for number in range(3)).encode())
    assert work.reduce(map(work.task, work.items)) == expected.hexdigest()


def test_no_two_buffers_have_the_same_digest() -> None:
    work = find_workload("sha256").build(count=50, size=300)
    assert len(set(map(work.task, work.items))) == 50


def test_the_default_buffer_is_large_enough_for_threads_to_gain() -> None:
    assert find_workload("sha256").parameters({})["size"] == 1_048_576
