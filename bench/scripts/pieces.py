"""All that some functions need, so that they stand alone and never drift from the lab's source.

names ──► their definitions ──► the names in those ──► … ──► text, in the order of reading
                                          └──────────────► imports from outside the lab
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import TopologicalSorter

from bench.scripts.source import Import, Piece, module_of, piece_of

LAB = "bench"

# Modules of the lab and names in them.
Wanted = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Pieces:
    """The text of some definitions, the names that it defines, and what it imports."""

    text: str
    names: frozenset[str]
    imports: frozenset[Import]


@dataclass
class _Found:
    """What was found so far: definitions by module and name, and who stands after whom."""

    pieces: dict[str, dict[str, Piece]] = field(default_factory=dict)
    imports: set[Import] = field(default_factory=set)
    after: dict[str, set[str]] = field(default_factory=dict)

    def take(self, module: str, name: str, own: Mapping[str, Import]) -> None:
        """Take a name as a module knows it, or a definition with imports of its `own` in it."""
        home = module_of(module)
        self.after.setdefault(module, set())
        here = self.pieces.setdefault(module, {})
        if source := own.get(name) or home.imports.get(name):
            if source.module.split(".")[0] == LAB:
                self.after[module].add(source.module)
                self.take(source.module, source.name, {})
            else:
                self.imports.add(source)
        elif name in home.definitions and name not in here:
            here[name] = piece = piece_of(module, name)
            for need in sorted(piece.needs):
                self.take(module, need, piece.imports)


def collected(wanted: Wanted, own: Mapping[str, Import] | None = None) -> Pieces:
    """All that these names need; `own` are imports that stand beside them.

    Raises ValueError if two modules define one name.
    """
    found = _Found()
    for module, name in wanted:
        found.take(module, name, own or {})
    names = [name for pieces in found.pieces.values() for name in pieces]
    if len(set(names)) < len(names):
        raise ValueError(f"names of several modules clash: {sorted(names)}")
    order = TopologicalSorter(found.after).static_order()
    texts = [_text(found.pieces[module].values()) for module in order if module in found.pieces]
    return Pieces("\n\n\n".join(filter(None, texts)), frozenset(names), frozenset(found.imports))


def _text(pieces: Iterable[Piece]) -> str:
    """Pieces of one module in its own order: constants as close as there, functions apart."""
    text = ""
    before: Piece | None = None
    for piece in sorted(pieces, key=lambda one: one.first):
        if not piece.text:
            continue
        if before:
            apart = before.compound or piece.compound
            near = piece.first == before.last + 1
            text += "\n\n\n" if apart else "\n" if near else "\n\n"
        text, before = text + piece.text, piece
    return text
