"""The imports at the top of a script, in the order in which tools sort them."""

import ast
import sys
from collections.abc import Iterable

from bench.scripts.source import Import, Importing, imported

# What an import is called where it is installed from, if that differs.
INSTALLED = {"PIL": "pillow"}


def read(lines: Iterable[str]) -> set[Import]:
    """What import statements import."""
    statements = [one for line in lines for one in ast.parse(line).body]
    return set(imported(one for one in statements if isinstance(one, Importing)).values())


def packages(imports: Iterable[Import]) -> list[str]:
    """What must be installed for these, by its name there."""
    homes = {_home(one) for one in imports} - sys.stdlib_module_names
    return sorted(INSTALLED.get(home, home) for home in homes)


def written(imports: Iterable[Import], before_others: str = "") -> str:
    """Import statements, the standard library's first; `before_others` stands between."""
    own = [one for one in imports if _home(one) in sys.stdlib_module_names]
    others = [one for one in imports if _home(one) not in sys.stdlib_module_names]
    blocks = [_block(own), before_others, _block(others)]
    return "\n\n".join(filter(None, blocks))


def _home(one: Import) -> str:
    return one.module.partition(".")[0]


def _block(imports: Iterable[Import]) -> str:
    whole = sorted(one for one in imports if not one.name)
    parts: dict[str, list[Import]] = {}
    for one in imports:
        if one.name:
            parts.setdefault(one.module, []).append(one)
    lines = [f"import {one.module}{f' as {one.alias}' if one.alias else ''}" for one in whole]
    lines += [
        f"from {module} import {', '.join(_names(parts[module]))}"
        for module in sorted(parts, key=str.lower)
    ]
    return "\n".join(lines)


def _names(imports: Iterable[Import]) -> list[str]:
    """Names in their order: constants, classes, the others."""
    return sorted((one.name for one in imports), key=lambda name: (_rank(name), name.lower()))


def _rank(name: str) -> int:
    if name.isupper() and len(name) > 1:
        return 0
    return 1 if name[0].isupper() else 2
