"""The lab's own source, taken apart: what a module defines, what it imports, what a name needs.

Source is read, nothing is run. Imports within functions, which keep a trial's child light, are told
apart, as a script has them at its top; quoted annotations need no quotes there.
"""

import ast
import functools
import importlib
import inspect
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

# Words to the linter and the type checker, of no use to a reader.
_TOLD_TO_TOOLS = re.compile(r"  # (?:noqa|type: ignore)\b.*")

Importing = ast.Import | ast.ImportFrom
Compound = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, order=True)
class Import:
    """One imported thing: `name` of `module`, or with no name the module itself; `as alias`."""

    module: str
    name: str = ""
    alias: str = ""

    @property
    def bound(self) -> str:
        """The name that it has where it is imported."""
        return self.alias or self.name or self.module.partition(".")[0]


@dataclass(frozen=True)
class Module:
    """A module: its lines, what defines each of its names, and its imports by name."""

    lines: tuple[str, ...]
    definitions: Mapping[str, ast.stmt]
    imports: Mapping[str, Import]


@dataclass(frozen=True)
class Piece:
    """One definition, from its first line with the comment before it to its last.

    `needs` are the names that it takes from around it, `imports` those that it imports itself.
    """

    text: str
    first: int
    last: int
    needs: frozenset[str]
    imports: Mapping[str, Import]
    compound: bool


@functools.cache
def module_of(name: str) -> Module:
    """A module of the lab, taken apart."""
    source = inspect.getsource(importlib.import_module(name))
    definitions: dict[str, ast.stmt] = {}
    imports: dict[str, Import] = {}
    for statement in _statements(ast.parse(source).body):
        if isinstance(statement, Importing):
            imports |= imported([statement])
        definitions |= dict.fromkeys(_defined(statement), statement)
    return Module(tuple(source.splitlines()), definitions, imports)


@functools.cache
def piece_of(module: str, name: str) -> Piece:
    """The definition of a name in a module that has it."""
    home = module_of(module)
    statement = home.definitions[name]
    decorators = statement.decorator_list if isinstance(statement, Compound) else []
    first = min([statement.lineno, *(one.lineno for one in decorators)])
    while home.lines[first - 2].startswith("#"):
        first -= 1
    last = statement.end_lineno or first
    return Piece(
        "" if only_imports(statement) else plain(statement, home.lines, first, last),
        first,
        last,
        needs_of(statement),
        imported(importing(statement)),
        isinstance(statement, Compound),
    )


def imported(statements: Iterable[Importing]) -> dict[str, Import]:
    """What some statements import, by the names that things have afterwards."""
    found: dict[str, Import] = {}
    for statement in statements:
        for one in statement.names:
            if isinstance(statement, ast.ImportFrom):
                thing = Import(statement.module or "", one.name, one.asname or "")
            else:
                thing = Import(one.name, "", one.asname or "")
            found[thing.bound] = thing
    return found


def importing(node: ast.AST) -> list[Importing]:
    """The imports within a definition."""
    return [one for one in ast.walk(node) if isinstance(one, Importing)]


def only_imports(node: ast.AST) -> bool:
    """Whether a function does nothing else than import."""
    if not isinstance(node, ast.FunctionDef):
        return False
    rest = [one for one in node.body if not isinstance(one, ast.Expr)]
    return len(rest) > 0 and all(isinstance(one, Importing) for one in rest)


def plain(node: ast.AST, lines: Sequence[str], first: int, last: int) -> str:
    """These lines of a module without imports, quotes around types, and words to tools."""
    kept = dict(enumerate(lines[first - 1 : last], start=first))
    for constant in _quoted(node):
        line = kept[constant.lineno]
        before, after = line[: constant.col_offset], line[constant.end_col_offset :]
        kept[constant.lineno] = f"{before}{constant.value!s}{after}"
    for statement in importing(node):
        end = statement.end_lineno or statement.lineno
        for number in range(statement.lineno, end + 1):
            del kept[number]
        if not kept.get(end + 1, "code").strip():
            del kept[end + 1]
    text = "\n".join(_TOLD_TO_TOOLS.sub("", line) for line in kept.values())
    return textwrap.dedent(text)


def needs_of(*nodes: ast.AST) -> frozenset[str]:
    """The names that definitions, or statements, take from around them."""
    quoted = [ast.parse(str(one.value), mode="eval") for node in nodes for one in _quoted(node)]
    every = [one for root in (*nodes, *quoted) for one in ast.walk(root)]
    names = [one for one in every if isinstance(one, ast.Name)]
    own = {one.id for one in names if isinstance(one.ctx, ast.Store)}
    own |= {one.arg for one in every if isinstance(one, ast.arg)}
    return frozenset(one.id for one in names if one.id not in own)


def _statements(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """A module's statements, those for the type checker alone among them."""
    for statement in body:
        if isinstance(statement, ast.If) and ast.unparse(statement.test) == "TYPE_CHECKING":
            yield from statement.body
        else:
            yield statement


def _defined(statement: ast.stmt) -> list[str]:
    if isinstance(statement, Compound):
        return [statement.name]
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    if isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _quoted(node: ast.AST) -> list[ast.Constant]:
    """The texts in annotations that stand for types, from the last to the first."""
    annotations: list[ast.expr | None] = []
    for one in ast.walk(node):
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
            annotations.append(one.returns)
        elif isinstance(one, ast.arg | ast.AnnAssign):
            annotations.append(one.annotation)
    texts = [
        part
        for annotation in annotations
        if annotation
        for part in ast.walk(annotation)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]
    return sorted(texts, key=lambda one: (one.lineno, one.col_offset), reverse=True)
