"""What a script needs to know of an executor: what it opens, and how it maps.

began = perf_counter()
with OPENED:
    READY
    RUN                  ◄── the results of all items, as a list
    …
    CLOSING
"""

from dataclasses import dataclass

from bench.executors.chunks import chunk_size
from bench.plan import Contender
from bench.scripts.pieces import Wanted
from bench.scripts.recipe import Recipe


@dataclass(frozen=True)
class Way:
    """The parallel part of a script; every text is lines of it, `code` whole definitions.

    `opened` are what `with` opens, `run` is an expression, `before` stands before the clock starts.
    `wanted` are definitions of the lab's that it needs, `modules` the import lines.
    """

    opened: tuple[str, ...]
    run: str
    modules: tuple[str, ...]
    constants: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    ready: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    code: str = ""
    wanted: Wanted = ()


@dataclass(frozen=True)
class Job:
    """What a way is written for: the work's recipe, the contender, and how many tasks there are.

    `cached` says that tasks keep what they make in a cache, which cannot be sent to a process.
    """

    recipe: Recipe
    contender: Contender
    tasks: int
    cached: bool

    @property
    def task(self) -> str:
        return self.recipe.task

    @property
    def chunk(self) -> int:
        """How many tasks are handed over at a time."""
        option = self.contender.options.get("chunk", "one")
        assert isinstance(option, int | str)
        return chunk_size(option, self.tasks, self.contender.workers)

    @property
    def chunk_line(self) -> str:
        return f"CHUNK = {self.chunk:_}  # tasks handed over at a time"

    @property
    def start_method(self) -> str:
        return f'START_METHOD = "{self.contender.options["start_method"]}"'


GET_CONTEXT = "from multiprocessing import get_context"
CHAIN = "from itertools import chain"
SEQUENCE = "from collections.abc import Sequence"

EACH = '''
def each(part: Sequence) -> list:
    """The results of some items, which are handed over together."""
    return [{task}(item) for item in part]
'''

PARTS = "parts = [items[start : start + CHUNK] for start in range(0, len(items), CHUNK)]"


def in_parts(job: Job, opened: str, module: str) -> Way:
    """A pool of threads, or of what is much like them: its map takes no chunks."""
    return Way(
        (opened,),
        "list(chain.from_iterable(pool.map(each, parts)))",
        (module, CHAIN, SEQUENCE),
        (job.chunk_line,),
        before=(PARTS,),
        code=EACH.format(task=job.task),
    )
