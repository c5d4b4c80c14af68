"""A pool of threads, each with a sub-interpreter and so with a GIL of its own, in one process."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from bench.errors import Unavailable
from bench.executors.chunks import Chunk, chunk_size, in_chunks
from bench.executors.seam import Map, Way

if sys.version_info >= (3, 14):
    from concurrent.futures import InterpreterPoolExecutor

if TYPE_CHECKING:
    from bench.workloads import Workload

TOO_OLD = "It needs Python 3.14 or later."

# Their C code says itself that it does not load there, or builds on one that does.
NOT_LOADING = frozenset({"numpy", "pandas", "scipy", "pyarrow", "PIL"})


class Interpreters(Way):
    name = "interpreters"
    title = "Sub-interpreters (InterpreterPoolExecutor)"
    kind = "interpreters"

    def missing(self) -> str | None:
        return TOO_OLD if sys.version_info < (3, 14) else None

    def unfit(self, workload: "Workload") -> str | None:
        absent = sorted(NOT_LOADING.intersection(workload.packages))
        return f"Sub-interpreters cannot load {' or '.join(absent)}." if absent else None

    @contextmanager
    def open(self, workers: int, *, chunk: Chunk = "many") -> Iterator[Map]:
        if sys.version_info >= (3, 14):
            with InterpreterPoolExecutor(workers) as pool:

                def run(task: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
                    # Single tasks go in chunks, too: by itself a function may be sent as its bare
                    # code, which then finds no names of its module.
                    return in_chunks(pool.map, task, items, chunk_size(chunk, len(items), workers))

                yield run
        else:
            raise Unavailable(TOO_OLD)


executor = Interpreters()
