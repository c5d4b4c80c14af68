"""The main function of a script: what is done, and how it is timed.

A first use of the pool is timed from its start to its stop. In between, sequential and parallel
passes take turns: a machine that slows down or speeds up hits both.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from bench.forms import Form, Value
from bench.scripts.recipe import Recipe
from bench.scripts.way import Way

# Longer lines are broken as a formatter does.
WIDTH = 100

INDENT = "    "

IN_TURN = """
times = []
until = perf_counter() + SECONDS
while len(times) < ROUNDS or perf_counter() < until:
    t0 = perf_counter()
    expected = list(map({task}, items))
    t1 = perf_counter()
    results = {run}
    t2 = perf_counter()
    assert results == expected
    times.append((t1 - t0, t2 - t1))
"""

ALONE = """
times = []
until = perf_counter() + SECONDS
while len(times) < ROUNDS or perf_counter() < until:
    began = perf_counter()
    results = list(map({task}, items))
    times.append(perf_counter() - began)
"""


def main(
    recipe: Recipe, way: Way | None, form: Form, parameters: Mapping[str, Value], called: str
) -> str:
    """The function `main` for a way, or for sequential work alone."""
    body = _alone(recipe) if way is None else _together(recipe, way, 2 + ("server" in recipe.names))
    items = [] if recipe.items == "items" else [f"items = {recipe.items}"]
    lines = [
        f"{field.name} = {_literal(parameters[field.name])}"
        for field in form
        if field.name in recipe.names
    ]
    lines += [line for statement in recipe.first for line in statement.splitlines()]
    if "server" in recipe.names:
        lines += ["with serving() as server:", *_deeper([*items, *body])]
    else:
        lines += [*items, *body]
    lines += ["", *_printed(recipe, called, way is not None)]
    return "\n".join(["def main() -> None:", *_deeper(lines)])


def _alone(recipe: Recipe) -> list[str]:
    return ["", *ALONE.format(task=recipe.task).strip().splitlines()]


def _together(recipe: Recipe, way: Way, depth: int) -> list[str]:
    in_turn = IN_TURN.format(task=recipe.task, run=way.run).strip().splitlines()
    return [
        *way.before,
        "",
        "began = perf_counter()",
        *_with(way.opened, depth),
        *_deeper(
            [
                *way.ready,
                way.run,
                "once = perf_counter() - began",
                "",
                *in_turn,
                "",
                "began = perf_counter()",
                *way.closing,
            ]
        ),
        "once += perf_counter() - began",
    ]


def _with(opened: Sequence[str], depth: int) -> list[str]:
    """The line that opens a pool; several lines if it is too long for one so deep in."""
    line = f"with {', '.join(opened)}:"
    if len(line) + len(INDENT) * (depth - 1) <= WIDTH:
        return [line]
    return ["with (", *(f"{INDENT}{one}," for one in opened), "):"]


def _deeper(lines: Sequence[str]) -> list[str]:
    return [f"{INDENT}{line}" if line else "" for line in lines]


def _printed(recipe: Recipe, called: str, together: bool) -> Iterator[str]:
    """Lines that print times, speedup and answer, their names in a column."""
    width = max(len("with start-up"), len(called)) + 2
    results = f"{recipe.reduce}(results)" if recipe.reduce else "results"
    answer = results if recipe.short else f"told({results})"
    if not together:
        yield f'print(f"{"sequential":<{width}}{{median(times):.6f}} s")'
    else:
        figures = {
            "sequential": "{median(alone for alone, _ in times):.6f} s",
            called: "{median(at_once for _, at_once in times):.6f} s",
            "with start-up": "{once:.6f} s",
            "speedup": "{median(alone / at_once for alone, at_once in times):.3f}",
        }
        for name, figure in figures.items():
            yield f'print(f"{name:<{width}}{figure}")'
    yield f'print(f"{"answer":<{width}}{{{answer}}}")'


def _literal(value: Value) -> str:
    """A parameter's value as it is written in code."""
    if isinstance(value, str):
        return json.dumps(value)
    return f"{value:_}" if isinstance(value, int) else repr(value)
