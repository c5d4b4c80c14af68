"""The decision tree as rows to draw: where each question and each kind of task stands.

Where there is room, columns are steps and each kind of task has a line of its own; where it is
narrow, each step is a line and is indented. Places are shares of the chart, from 0 to 1.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bench.analysis.advice import FIRST, QUESTIONS, ROWS, Question, trail
from bench.charts.drawing import Row, rounded
from bench.charts.labels import wrapped

# The longest line of a label, in characters, where it is wide and where it is narrow.
WIDE_LINE, NARROW_LINE = 25, 42

# How far a step is indented where it is narrow, and where a branch turns, as a share of its way.
_INDENT, _TURN = 0.05, 0.86


@dataclass(frozen=True)
class Node:
    """A question, or a kind of task at the end; `via` are the answers that lead there.

    `x` is its step, `y` its line, and `line` its place from the top when all are listed.
    """

    name: str
    text: str
    via: str
    parent: str
    x: int
    line: int
    leaf: bool
    y: float = 0.0


def nodes() -> list[Node]:
    """All of the tree, each question before what it leads to."""
    found = list(_below(FIRST.name, "", "", 0))
    leaves = [node.name for node in found if node.leaf]
    numbered = [replace(node, line=line) for line, node in enumerate(found)]
    lines = {name: float(place) for place, name in enumerate(leaves)}
    for node in reversed(numbered):
        if not node.leaf:
            own = [lines[child.name] for child in numbered if child.parent == node.name]
            lines[node.name] = (own[0] + own[-1]) / 2
    return [replace(node, y=lines[node.name]) for node in numbered]


def _below(name: str, via: str, parent: str, step: int) -> Iterator[Node]:
    question = QUESTIONS.get(name)
    if question is None:
        yield Node(name, ROWS[name].title, via, parent, step, 0, leaf=True)
        return
    yield Node(name, question.text, via, parent, step, 0, leaf=False)
    for to, answers in _branches(question).items():
        yield from _below(to, " or ".join(answers), name, step + 1)


def _branches(question: Question) -> dict[str, list[str]]:
    """Where a question leads, with the answers that lead there."""
    found: dict[str, list[str]] = {}
    for answer in question.answers:
        found.setdefault(answer.to, []).append(answer.short or answer.text)
    return found


def taken(answers: Mapping[str, str]) -> list[str]:
    """The names of the nodes that answers (by question) lead through, the first one included."""
    return [FIRST.name, *(answer.to for _, answer in trail(answers))]


def node_rows(found: Sequence[Node], path: Sequence[str]) -> list[Row]:
    """A row a node: its places, its label, and whether it was passed."""
    steps, lines = _size(found)
    return [
        {
            "name": node.name,
            **_place(node, steps, lines, len(found)),
            "text": wrapped([node.text], WIDE_LINE, " "),
            "narrow_text": wrapped([node.text], NARROW_LINE, " "),
            "via": node.via,
            "passed": node.name in path,
            "here": node.name == path[-1],
            "leaf": node.leaf,
        }
        for node in found
    ]


def branch_rows(found: Sequence[Node], path: Sequence[str]) -> list[Row]:
    """The corners of the branch that leads to each node but the first, in order."""
    steps, lines = _size(found)
    by_name = {node.name: node for node in found}
    rows = []
    for node in found:
        if node.parent:
            start = _place(by_name[node.parent], steps, lines, len(found))
            end = _place(node, steps, lines, len(found))
            turn = start["x"] + _TURN * (end["x"] - start["x"])
            wide = [(start["x"], start["y"]), (turn, start["y"]), (turn, end["y"])]
            wide.append((end["x"], end["y"]))
            down = (start["narrow_x"], end["narrow_y"])
            narrow = [(start["narrow_x"], start["narrow_y"]), down, down]
            narrow.append((end["narrow_x"], end["narrow_y"]))
            rows += [
                {
                    "to": node.name,
                    "corner": corner,
                    "x": rounded(x),
                    "y": rounded(y),
                    "narrow_x": rounded(narrow_x),
                    "narrow_y": rounded(narrow_y),
                    "passed": node.name in path,
                }
                for corner, ((x, y), (narrow_x, narrow_y)) in enumerate(
                    zip(wide, narrow, strict=True)
                )
            ]
    return rows


def _size(found: Sequence[Node]) -> tuple[int, int]:
    """How many steps there are, and how many lines where it is wide."""
    return 1 + max(node.x for node in found), sum(node.leaf for node in found)


def _place(node: Node, steps: int, lines: int, all_lines: int) -> Row:
    return {
        "x": rounded(node.x / steps),
        "y": rounded((node.y + 0.5) / lines),
        "narrow_x": rounded(_INDENT * node.x),
        "narrow_y": rounded((node.line + 0.5) / all_lines),
    }
