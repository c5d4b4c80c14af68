"""How a workload is done by hand, read from its builder: what comes first, items, task, reduce.

def primes(limit: … = 200_000) -> Work[Range, int]:        main() of a script:
    return Work(                                               limit = 200_000
        task=count_primes, items=ranges(limit), reduce=sum     items = ranges(limit)
    )                                                          … map(count_primes, items) …
"""

import ast
import inspect
from collections.abc import Mapping
from dataclasses import dataclass

from bench.errors import Refused
from bench.scripts.source import Import, imported, importing, module_of, needs_of, only_imports
from bench.workloads import Workload

# What a reduce of a short answer gives; any other answer is told as JSON.
_SHORT = ("int", "str", "float")


@dataclass(frozen=True)
class Recipe:
    """A workload's builder as source.

    `first` are its statements before the items, `names` all that it takes from around it and
    `imports` those of them that it imports itself. `stages` are the two functions of a task that
    waits and computes: then `task` is the name of the one that does both. `short` says that its
    answer may be printed as it is.
    """

    module: str
    first: tuple[str, ...]
    items: str
    task: str
    stages: tuple[str, str] | None
    atask: str | None
    reduce: str | None
    short: bool
    names: frozenset[str]
    imports: Mapping[str, Import]


def recipe_of(work: Workload) -> Recipe:
    """The recipe of the lab's own work. Raises Refused for other work, which is not read here."""
    if work.source:
        raise Refused("workload", work.name, "the lab's own work", "its file is a script already")
    name = work.build.__module__
    home = module_of(name)
    builder = home.definitions[work.build.__name__]
    assert isinstance(builder, ast.FunctionDef)
    *body, end = builder.body[1:]  # the docstring goes
    assert isinstance(end, ast.Return)
    assert isinstance(end.value, ast.Call)
    given = {one.arg: one.value for one in end.value.keywords}
    first = [one for one in body if not _useless(one, name)]
    told = {part: ast.unparse(value) for part, value in given.items()}
    stages = _stages(given["task"])
    return Recipe(
        name,
        tuple(_lines(one, home.lines) for one in first),
        _segment(given["items"], home.lines),
        f"{stages[0]}_and_{stages[1]}" if stages else told["task"],
        stages,
        told.get("atask"),
        told.get("reduce"),
        "reduce" in given and _short(told["reduce"], name),
        needs_of(*first, given["items"]),
        imported(importing(builder)),
    )


def _useless(statement: ast.stmt, module: str) -> bool:
    """Whether a statement only imports: itself, or by calling what does."""
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return True
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
        return False
    name = call.func.id
    if source := module_of(module).imports.get(name):
        module, name = source.module, source.name
    return only_imports(module_of(module).definitions[name])


def _stages(task: ast.expr) -> tuple[str, str] | None:
    """The names of the functions in Staged(wait=…, compute=…); None for a task of one stage."""
    if not isinstance(task, ast.Call):
        return None
    parts = {one.arg: ast.unparse(one.value) for one in task.keywords}
    return parts["wait"], parts["compute"]


def _short(reduce: str, module: str) -> bool:
    if source := module_of(module).imports.get(reduce):
        module, reduce = source.module, source.name
    function = module_of(module).definitions.get(reduce)
    if not isinstance(function, ast.FunctionDef):
        return True  # a builtin: sum, max
    return function.returns is not None and ast.unparse(function.returns) in _SHORT


def _lines(statement: ast.stmt, lines: tuple[str, ...]) -> str:
    """A statement's lines with their comments, as deep as they stand in a function."""
    return inspect.cleandoc(
        "\n".join(lines[statement.lineno - 1 : statement.end_lineno or statement.lineno])
    )


def _segment(expression: ast.expr, lines: tuple[str, ...]) -> str:
    """An expression as it is written, on one line."""
    assert expression.lineno == expression.end_lineno
    return lines[expression.lineno - 1][expression.col_offset : expression.end_col_offset]
