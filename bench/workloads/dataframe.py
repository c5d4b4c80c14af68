"""Tables in pandas: some of its operations keep the GIL, and some let it go."""

import functools
from typing import TYPE_CHECKING, Annotated

from bench.forms import Between, OneOf
from bench.work import Work
from bench.workloads import workload

if TYPE_CHECKING:
    import pandas as pd

# A task's number, its operation and the table's rows.
Table = tuple[int, str, int]

GROUPS = 1_000


@functools.lru_cache(maxsize=1)
def frame(rows: int) -> "pd.DataFrame":
    """A table, made once a process: a group, an amount, and keys of which no two are equal."""
    import numpy as np
    import pandas as pd

    row = np.arange(rows, dtype=np.int64)
    return pd.DataFrame(
        {
            "group": row * 7_919 % GROUPS,
            "amount": row * 31 % 10_007,
            "key": row * 2_654_435_761 % 2**32,
        }
    )


def grouped(table: "pd.DataFrame") -> int:
    """Each group's sum of amounts, as one number."""
    sums = table.groupby("group")["amount"].sum()
    return int((sums * (sums.index + 1)).sum())


def ordered(table: "pd.DataFrame") -> int:
    """The groups in the order of the keys, as one number."""
    group = table.sort_values("key")["group"].to_numpy()
    return int(group[::3].sum() - group[1::3].sum())


def applied(table: "pd.DataFrame") -> int:
    """What a function of one's own makes of each group's amounts, as one number."""
    parts = table.groupby("group")["amount"].apply(lambda amounts: amounts.sum() % 997)
    return int((parts * (parts.index + 1)).sum())


OPERATIONS = {"groupby": grouped, "sort": ordered, "apply": applied}


def operate(item: Table) -> int:
    """Do one operation on a table that lacks its first rows: another one for each number."""
    number, operation, rows = item
    return OPERATIONS[operation](frame(rows).iloc[number % 64 :])


_NANOSECONDS = {"groupby": 17, "sort": 55, "apply": 60}


@workload(
    "native",
    seconds=lambda operation, count, rows: count * (5e-4 + rows * _NANOSECONDS[operation] * 1e-9),
    presets={
        "small": {"operation": "groupby", "count": 32, "rows": 400_000},
        "sort": {"operation": "sort", "count": 32, "rows": 400_000},
        "apply": {"operation": "apply", "count": 32, "rows": 400_000},
    },
    packages=("pandas",),
)
def dataframe(
    operation: Annotated[
        str,
        OneOf(*OPERATIONS),
        "Sum by groups, sort by a column, or apply a function to each group.",
    ] = "groupby",
    count: Annotated[int, Between(1, 10_000), "How many times."] = 32,
    rows: Annotated[int, Between(100, 5_000_000), "How many rows the table has."] = 400_000,
) -> Work[Table, int]:
    """Group or sort a table with pandas

    Sorting lets the GIL go, grouping for a part of its time that differs between versions of
    pandas, and a function of one's own applied to each of 1,000 groups keeps it. Both of the first
    take and give back much memory, which may cost a pool's threads less than the main thread.
    """
    frame(rows)
    return Work(task=operate, items=[(number, operation, rows) for number in range(count)])
