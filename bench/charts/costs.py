"""What a warm pass costs: its time, CPUs, memory and bytes, in panels with the same rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from bench.analysis import words
from bench.analysis.costs import Cost
from bench.analysis.results import Result
from bench.charts.cost_rows import Panel, cell_rows, panels_of, pipe_rows
from bench.charts.drawing import COLOUR, SEMIBOLD, Row, named, narrower, styled
from bench.charts.rows import name_layers, name_row, pixels, step_of
from bench.charts.theme import Palette

HOW_TO_READ = ("bar: geometric mean", "thick line: 95% interval", "each panel has its own scale")

# Panels stand one below the other where a chart has less room than this, in pixels.
_STACKED = narrower(720)

# Of a panel in pixels: its heading, and what is free below it where another one follows.
_HEADING, _GAP = 28, 18

# How much of its panel the longest bar takes: among others, and alone.
_BESIDE, _ALONE = 0.54, 0.72

_PIPES = "through pipes"

_MIDDLE, _TEXT = pixels("middle"), alt.Text("text:N")
_TOLD = [
    alt.Tooltip("name:N", title="contender"),
    alt.Tooltip("what:N"),
    alt.Tooltip("text:N", title="value"),
    alt.Tooltip("interval:N", title="95% interval"),
    alt.Tooltip("measured:N"),
    alt.Tooltip("switches:N", title="switches a trial"),
]


@dataclass(frozen=True)
class _Grid:
    """So many panels of so many lines, each `step` pixels high: expressions of where things are."""

    panels: int
    lines: int
    step: int

    def across(self, share: str) -> str:
        """A share of the longest bar, in panels from the left."""
        alone = f"{_ALONE * self.panels} * {share}"
        return f"{_STACKED} ? {alone} : datum.panel + {_BESIDE} * {share}"

    def down(self, line: str = "datum.line + 0.5") -> str:
        """A line, in pixels from the top."""
        within = f"{_HEADING} + {self.step} * ({line})"
        return f"{within} + ({_STACKED} ? datum.panel * {self._block + _GAP} : 0)"

    @property
    def height(self) -> alt.ExprRef:
        stacked = self.panels * (self._block + _GAP) - _GAP
        return alt.expr(f"{_STACKED} ? {stacked} : {self._block}")

    @property
    def _block(self) -> int:
        return _HEADING + self.step * self.lines


def costs(
    results: Sequence[Result],
    known: Sequence[Cost],
    usable: int | None,
    palette: Palette,
    width: int | None = None,
) -> alt.LayerChart:
    """A panel for each thing that is known, with a row a contender; `usable` CPUs are marked.

    `known` are the costs of the contenders. Without a width the chart takes its container's.
    """
    names = [result.contender.name for result in results]
    panels = panels_of(known, usable)
    pipes = pipe_rows(len(panels), results, known)
    titles = [*(panel.title for panel in panels), *([_PIPES] if pipes else [])]
    grid = _Grid(len(titles), len(names), step_of(names, 34, 30))
    marked = [
        {"panel": place, "share": usable / panel.most}
        for place, panel in enumerate(panels)
        if usable and panel.marked
    ]
    return styled(
        [*_frames(grid, palette), *_bars(grid), *_texts(grid, palette)],
        {
            "panels": [{"panel": place, "title": title} for place, title in enumerate(titles)],
            "marked": marked,
            "cells": cell_rows(panels, results, known, palette),
            "pipes": pipes,
            "absent": _absent_rows(panels, results, known),
            "names": _name_rows(results, len(titles)),
        },
        palette,
        title=_headline(results, known, usable),
        subtitle=[*HOW_TO_READ, *(["dotted line: usable CPUs"] if marked else [])],
        description=costs_alt(results, known, usable),
        grid="x",
        height=grid.height,
        width=width,
    )


def costs_alt(results: Sequence[Result], known: Sequence[Cost], usable: int | None) -> str:
    """What the chart shows, in sentences."""
    panels = panels_of(known, usable)
    told = [
        f"{cost.contender}: "
        + ", ".join(
            f"{panel.title} {panel.say(value.estimate)}"
            for panel in panels
            if (value := panel.value(cost))
        )
        + "."
        for cost in known
    ]
    headline = _headline(results, known, usable)
    return " ".join(["Bars of what a warm pass costs.", f"{headline}.", *told])


def _headline(results: Sequence[Result], known: Sequence[Cost], usable: int | None) -> str:
    """Which contender used the most CPUs, where the system tells."""
    rivals = {one.contender.name for one in results if one.contender.role == "contender"}
    told = [(cost.cpus, cost.contender) for cost in known if cost.cpus and cost.contender in rivals]
    if not told:
        return "What a warm pass costs" if known else "Nothing measured yet"
    cpus, name = max(told, key=lambda pair: pair[0].estimate)
    of = f" of {usable}" if usable else ""
    ends = f" ({words.span(cpus)})" if cpus.low is not None else ""
    return f"Most CPUs at a time: {words.digits(cpus.estimate)}{of}{ends}, by {name}"


def _name_rows(results: Sequence[Result], panels: int) -> list[Row]:
    """Each name once, and where panels are stacked once in each of them."""
    return [
        {"panel": panel, "line": line, **name_row(result.contender.name)}
        for panel in range(panels)
        for line, result in enumerate(results)
    ]


def _absent_rows(
    panels: Sequence[Panel], results: Sequence[Result], known: Sequence[Cost]
) -> list[Row]:
    """What stands in place of bars: a contender may have none, or none in a panel."""
    by_name = {cost.contender: cost for cost in known}
    return [
        {"panel": place, "line": line, "text": text}
        for line, result in enumerate(results)
        for place, panel in enumerate(panels)
        if (text := _absent(panel, place, result, by_name.get(result.contender.name)))
    ]


def _absent(panel: Panel, place: int, result: Result, cost: Cost | None) -> str:
    if cost:
        return "" if panel.value(cost) else "not known"
    if place:
        return ""
    return "failed" if result.error else "not measured"


def _frames(grid: _Grid, palette: Palette) -> list[alt.Chart]:
    """The panels' headings, the line that bars begin at, and where the CPUs end."""
    across, down = grid.across("0"), grid.down("0")
    ends = {"x": across, "top": down, "bottom": grid.down(f"{grid.lines}")}
    panels = alt.Chart(named("panels"))
    heading = panels.mark_text(
        align="left", baseline="middle", color=palette.secondary
    ).transform_calculate(x=across, middle=f"{down} - 12")
    begin = panels.mark_rule(color=palette.grid).transform_calculate(**ends)
    marked = (
        alt.Chart(named("marked"))
        .mark_rule(color=palette.secondary, strokeDash=[2, 3])
        .transform_calculate(**{**ends, "x": grid.across("datum.share")})
    )
    x = alt.X("x:Q").axis(None).scale(domain=[0, grid.panels], nice=False)
    top, bottom = pixels("top"), alt.Y2("bottom:Q")
    return [
        begin.encode(x=x, y=top, y2=bottom),
        marked.encode(x=alt.X("x:Q"), y=top, y2=bottom),
        heading.encode(x=alt.X("x:Q"), y=_MIDDLE, text=alt.Text("title:N")),
    ]


def _bars(grid: _Grid) -> list[alt.Chart]:
    """The bars with their intervals."""
    places = {
        name: grid.across(share)
        for name, share in (
            ("x", "0"),
            ("x2", "datum.share"),
            ("from", "datum.low"),
            ("to", "datum.high"),
        )
    }
    cells = alt.Chart(named("cells")).transform_calculate(**places, middle=grid.down())
    bars = cells.mark_bar(orient="horizontal", size=16, opacity=0.22, cornerRadiusEnd=2)
    intervals = cells.mark_rule(strokeWidth=5)
    return [
        bars.encode(
            x=alt.X("x:Q").stack(None), x2=alt.X2("x2:Q"), y=_MIDDLE, color=COLOUR, tooltip=_TOLD
        ),
        intervals.encode(
            x=alt.X("from:Q"), x2=alt.X2("to:Q"), y=_MIDDLE, color=COLOUR, tooltip=_TOLD
        ),
    ]


def _texts(grid: _Grid, palette: Palette) -> list[alt.Chart]:
    """The names of the lines, the bars' values, and what there is in words alone."""
    places = {"x": grid.across("0"), "middle": grid.down()}
    end = grid.across("max(datum.share, datum.high)")
    look: dict[str, Any] = {"align": "left", "baseline": "middle"}
    names = alt.Chart(named("names")).transform_filter(f"{_STACKED} || datum.panel == 0")
    cells = alt.Chart(named("cells")).transform_calculate(**{**places, "x": end})
    values = cells.mark_text(dx=7, color=palette.text, fontWeight=SEMIBOLD, **look)
    pipes = (
        alt.Chart(named("pipes"))
        .transform_calculate(**places)
        .mark_text(dx=7, dy=-6, color=palette.text, fontSize=11, lineHeight=13, **look)
    )
    absent = alt.Chart(named("absent")).transform_calculate(**places)
    x = alt.X("x:Q")
    return [
        *name_layers(palette, names, grid.down()),
        values.encode(x=x, y=_MIDDLE, text=_TEXT),
        pipes.encode(x=x, y=_MIDDLE, text=_TEXT),
        absent.mark_text(dx=7, color=palette.secondary, **look).encode(x=x, y=_MIDDLE, text=_TEXT),
    ]
