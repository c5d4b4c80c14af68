"""Tables in pandas, against loops over the same rows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.workloads.dataframe import GROUPS, OPERATIONS, frame, operate

Row = tuple[int, int, int]


def rows_of(number: int, rows: int) -> list[Row]:
    """Group, amount and key of each row that a task works on."""
    return [
        (row * 7_919 % 1_000, row * 31 % 10_007, row * 2_654_435_761 % 2**32)
        for row in range(number % 64, rows)
    ]


def groups_of(rows: list[Row]) -> dict[int, list[int]]:
    groups: dict[int, list[int]] = {}
    for group, amount, _ in rows:
        groups.setdefault(group, []).append(amount)
    return groups


def expected(operation: str, rows: list[Row]) -> int:
    if operation == "sort":
        order = [group for group, _, _ in sorted(rows, key=lambda row: row[2])]
        return sum(order[::3]) - sum(order[1::3])
    most = 997 if operation == "apply" else 10**12
    return sum((group + 1) * (sum(amounts) % most) for group, amounts in groups_of(rows).items())


@pytest.mark.parametrize("operation", OPERATIONS)
@settings(max_examples=10)
@given(number=st.integers(0, 10_000), rows=st.integers(100, 3_000))
def test_each_operation_gives_what_a_loop_gives(operation: str, number: int, rows: int) -> None:
    assert operate((number, operation, rows)) == expected(operation, rows_of(number, rows))


def test_no_two_rows_have_the_same_key_and_every_group_has_rows() -> None:
    table = frame(50_000)
    assert table["key"].is_unique
    assert table["group"].nunique() == GROUPS
