"""The decision tree, with the way that answers took through it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from bench.analysis.advice import QUESTIONS, ROWS, trail
from bench.charts.drawing import SEMIBOLD, named, narrower, styled
from bench.charts.theme import Palette
from bench.charts.tree_rows import branch_rows, node_rows, nodes, taken

# Below so many pixels steps are listed rather than put into columns.
_LISTED = narrower(880)
_WIDE_LINE, _NARROW_LINE = 70, 50

_ANSWER: dict[str, Any] = {"align": "left", "baseline": "bottom", "dx": 9, "dy": -4, "fontSize": 11}
_WHAT: dict[str, Any] = {"align": "left", "baseline": "top", "dx": 9, "dy": 5, "lineHeight": 14}

_X = alt.X("at_x:Q").axis(None).scale(domain=[0, 1], nice=False)
_Y = alt.Y("at_y:Q").axis(None).scale(domain=[0, 1], nice=False, reverse=True)
_PLACES = {
    f"at_{name}": f"{_LISTED} ? datum.narrow_{name} : datum.{name}" for name in ("x", "y", "text")
}


def tree(answers: Mapping[str, str], palette: Palette, width: int | None = None) -> alt.LayerChart:
    """All of the tree; the way of these answers (by question) is heavy. Raises Refused.

    Without a width it takes its container's.
    """
    found, path = nodes(), taken(answers)
    leaves = sum(node.leaf for node in found)
    high = f"{_LISTED} ? {_NARROW_LINE * len(found)} : {_WIDE_LINE * leaves}"
    return styled(
        [*_branches(palette), *_nodes(palette)],
        {"branches": branch_rows(found, path), "nodes": node_rows(found, path)},
        palette,
        title=_title(path),
        subtitle=["heavy: the way of your answers", "round: a question", "square: a kind of task"],
        description=tree_alt(answers),
        grid="x",
        height=alt.expr(high),
        width=width,
    )


def _title(path: Sequence[str]) -> str:
    end = path[-1]
    if end in ROWS:
        return f"Your answers lead to: {ROWS[end].title}"
    return f"Next: {QUESTIONS[end].text}" if len(path) > 1 else "Every way to an answer"


def tree_alt(answers: Mapping[str, str]) -> str:
    """What the chart shows, in sentences."""
    way = [f"{question.text} {answer.text}." for question, answer in trail(answers)]
    end = taken(answers)[-1]
    ends = f"That is: {ROWS[end].title}." if end in ROWS else f"Next: {QUESTIONS[end].text}"
    count = f"{len(QUESTIONS)} questions that lead to {len(ROWS)} kinds of task"
    return " ".join([f"A tree of {count}.", *way, ends])


def _branches(palette: Palette) -> list[alt.Chart]:
    """The quiet branches, and over them the heavy ones."""
    drawn = alt.Chart(named("branches")).transform_calculate(**_only(_PLACES, "x", "y"))
    quiet = drawn.mark_line(color=palette.secondary, strokeWidth=1, opacity=0.6)
    heavy = drawn.transform_filter("datum.passed").mark_line(color=palette.text, strokeWidth=4)
    order, to = alt.Order("corner:Q"), alt.Detail("to:N")
    return [layer.encode(x=_X, y=_Y, order=order, detail=to) for layer in (quiet, heavy)]


def _nodes(palette: Palette) -> list[alt.Chart]:
    placed = alt.Chart(named("nodes")).transform_calculate(**_PLACES)
    ink = _either(palette.text, palette.secondary)
    dots = placed.mark_point(
        filled=True,
        opacity=1,
        size=alt.expr("datum.here ? 160 : 60"),
        shape=alt.expr("datum.leaf ? 'square' : 'circle'"),
        color=ink,
    )
    weight = alt.expr(f"datum.passed ? {SEMIBOLD} : 400")
    labels = (
        (alt.Text("via:N"), _ANSWER, palette.secondary),
        (alt.Text("at_text:N"), _WHAT, ink),
    )
    layers = [
        placed.mark_text(**look, color=colour, fontWeight=weight).encode(x=_X, y=_Y, text=text)
        for text, look, colour in labels
    ]
    return [dots.encode(x=_X, y=_Y, tooltip=alt.Tooltip("name:N")), *layers]


def _either(passed: str, other: str) -> alt.ExprRef:
    return alt.expr(f"datum.passed ? {json.dumps(passed)} : {json.dumps(other)}")


def _only(places: Mapping[str, str], *names: str) -> dict[str, str]:
    return {f"at_{name}": places[f"at_{name}"] for name in names}
