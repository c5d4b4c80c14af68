"""A script that does one contender's work by hand: nothing of the lab is in it.

recipe of the work ──┐
way of the executor ─┼──► imports, constants, definitions, main ──► text
parameters ──────────┘
"""

import textwrap
from collections.abc import Iterator, Mapping

from bench.forms import Value
from bench.plan import Contender
from bench.scripts import by_hand, imports, pools
from bench.scripts.main import main
from bench.scripts.pieces import Pieces, Wanted, collected
from bench.scripts.recipe import Recipe, recipe_of
from bench.scripts.source import module_of
from bench.scripts.way import Job, Way
from bench.workloads import Workload
from bench.workloads.blas import blas_environment

WAYS = {
    "threads": pools.threads,
    "bare-threads": by_hand.bare_threads,
    "processes": pools.processes,
    "pool": pools.pool,
    "asyncio": by_hand.coroutines,
    "interpreters": pools.interpreters,
    "loky": pools.loky,
    "hybrid": by_hand.hybrid,
    "dask": pools.dask,
    "ceiling": by_hand.ceiling,
}

ALWAYS = ("from statistics import median", "from time import perf_counter")

ROUNDS = "ROUNDS, SECONDS = 3, 3.0  # so many rounds at least, and for as long at least"

STAGED = '''
def {task}(item: str) -> tuple:
    """Both stages, one after the other."""
    return {compute}({wait}(item))
'''

TOLD = '''
def told(answer: list) -> str:
    """An answer as text; of a long one its SHA-256."""
    text = json.dumps(answer)
    return text if len(text) <= 64 else hashlib.sha256(text.encode()).hexdigest()[:32]
'''

START = """
if __name__ == "__main__":
    main()
"""

# Packages whose calls may use several threads by themselves.
THREADED = ("numpy", "pandas")


def written(work: Workload, parameters: Mapping[str, Value], contender: Contender) -> str:
    """The script of a contender for the lab's own work. Raises Refused for other work."""
    recipe = recipe_of(work)
    way = _way(recipe, work, parameters, contender)
    pieces = _pieces(recipe, work, way.wanted if way else ())
    alone = _one_thread(work, parameters)
    lines = [*ALWAYS, *(way.modules if way else ())]
    lines += [] if recipe.short else ["import hashlib", "import json"]
    lines += ["import os"] if alone else []
    needed = imports.read(lines) | pieces.imports
    constants = [f"WORKERS = {contender.workers:_}", *way.constants] if way else []
    definitions = [
        pieces.text,
        *_definitions(recipe, way),
        main(recipe, way, work.form, parameters, contender.name),
        START,
    ]
    top = [
        _head(work, contender, imports.packages(needed)),
        imports.written(needed, alone),
        "\n".join([*constants, ROUNDS]),
    ]
    return "\n\n\n".join(["\n\n".join(top), *(one.strip("\n") for one in definitions)]) + "\n"


def _way(
    recipe: Recipe, work: Workload, parameters: Mapping[str, Value], contender: Contender
) -> Way | None:
    """How the executor is driven; None for sequential work, which drives nothing."""
    if contender.executor == "sequential":
        return None
    assert work.tasks
    cached = "@functools." in _pieces(recipe, work, ()).text
    return WAYS[contender.executor](Job(recipe, contender, work.tasks(**parameters), cached))


def _pieces(recipe: Recipe, work: Workload, more: Wanted) -> Pieces:
    """All that the work needs, and a server where it downloads."""
    known = module_of(recipe.module)
    names = {*(recipe.stages or (recipe.task,)), *recipe.names}
    names |= {recipe.reduce} if recipe.reduce else set()
    own = names & {*known.definitions, *known.imports, *recipe.imports}
    wanted = [*((recipe.module, name) for name in sorted(own)), *more]
    if work.resources:
        wanted.append(("bench.scripts.loopback", "serving"))
    return collected(wanted, recipe.imports)


def _definitions(recipe: Recipe, way: Way | None) -> Iterator[str]:
    if recipe.stages and not (way and "hybrid" in way.run):
        wait, compute = recipe.stages
        yield STAGED.format(task=recipe.task, wait=wait, compute=compute)
    if way and way.code:
        yield way.code
    if not recipe.short:
        yield TOLD


def _one_thread(work: Workload, parameters: Mapping[str, Value]) -> str:
    """What keeps libraries from using several threads for a call; empty where none would."""
    if not set(THREADED) & set(work.packages):
        return ""
    variables = work.variables(parameters) or blas_environment(1)
    lines = [f'    {name}="{value}",' for name, value in variables.items()]
    return "\n".join(
        [
            "# How many threads a call may use by itself: read when NumPy is imported.",
            "os.environ.update(",
            *lines,
            ")",
        ]
    )


def _head(work: Workload, contender: Contender, packages: list[str]) -> str:
    """The script's docstring."""
    way = f", with {contender.name}" if contender.executor != "sequential" else ""
    oldest = "3.14" if contender.executor == "interpreters" else "3.11"
    needs = ", ".join([f"Python {oldest} or later", *packages])
    text = (
        f"It prints how long that takes one after another and at once, the speedup and the answer. "
        f"It needs {needs}."
    )
    return f'"""{work.title}{way}.\n\n{textwrap.fill(text, 100)}\n"""'
