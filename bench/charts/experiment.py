"""An experiment's picture: bars, spans, lines or a grid, from the rows that it tells."""

from collections.abc import Callable, Mapping, Sequence

import altair as alt

from bench.charts.drawing import Row, choose, named, styled
from bench.charts.theme import TONES, Palette
from bench.experiments.picture import Kind, Picture

_X, _X2, _Y = alt.X("x:Q"), alt.X2("end:Q"), alt.Y("y:Q")
_TEXT = alt.Text("text:N")
_COLOUR = alt.Color("colour:N", scale=None, legend=None)
_BAR, _LANE, _CELL = 40, 30, 34
_LINES = 300

# Names at ends of lines that are as near as that, as a share of the axis, would cover each other.
_NEAR = 0.3

# Lines of one picture: told apart by dashes and by the names at their ends, too.
_SERIES = ("#217BE0", "#E0662B", "#0FA67D", "#835BB7", "#BD8A00", "#A63A82")
_DASHES = ([1, 0], [6, 4], [2, 3], [8, 3, 2, 3], [12, 4], [3, 3])


def experiment_chart(
    picture: Picture, palette: Palette, width: int | None = None
) -> alt.LayerChart:
    """The picture as a chart. Without a width it takes its container's."""
    layers, rows, height = _KINDS[picture.kind](picture, palette)
    return styled(
        layers,
        rows,
        palette,
        title=picture.title,
        subtitle=[picture.sentence],
        description=f"{picture.title}. {picture.sentence}",
        grid="y" if picture.kind == "lines" else "x",
        height=height,
        width=width,
    )


Drawn = tuple[Sequence[alt.Chart], Mapping[str, Sequence[Row]], int]


def _toned(row: Mapping[str, object], palette: Palette) -> Row:
    colour, sign = TONES.get(str(row.get("tone")), ("", ""))
    text = f"{sign} {row['text']}".strip()
    return {**row, "text": text, "colour": colour or palette.secondary}


def _lanes(names: Sequence[str], palette: Palette) -> alt.Y:
    axis = alt.Axis(
        title=None, labelColor=palette.text, labelLimit=choose(140, 340), labelPadding=8
    )
    return alt.Y("lane:N").scale(domain=list(dict.fromkeys(names)), padding=0).axis(axis)


def _bars(picture: Picture, palette: Palette) -> Drawn:
    rows = [
        {**_toned(row, palette), "lane": row["label"], "x": row["value"]} for row in picture.rows
    ]
    y = _lanes([row["lane"] for row in rows], palette)
    scale = alt.Scale(type="symlog") if picture.log else alt.Scale(nice=True, zero=True)
    x = alt.X("x:Q").axis(title=_axis(picture), tickCount=choose(3, 8)).scale(scale).stack(None)
    bars = alt.Chart(named("rows")).mark_bar(height=_BAR // 2, opacity=0.85, cornerRadiusEnd=2)
    text = alt.Chart(named("rows")).mark_text(
        align="left", x=4, dy=-_BAR // 2 + 5, fontSize=11, color=palette.text
    )
    told = [alt.Tooltip("lane:N", title="what"), alt.Tooltip("text:N", title="observed")]
    layers = [
        bars.encode(x=x, y=y, color=_COLOUR, tooltip=told),
        text.encode(y=y, text=_TEXT),
        *(_marks(palette) if picture.marks else []),
    ]
    return layers, {"rows": rows, "marks": _mark_rows(picture)}, _BAR * max(1, len(rows))


def _spans(picture: Picture, palette: Palette) -> Drawn:
    rows = [{**_toned(row, palette), "x": row["start"]} for row in picture.rows]
    y = _lanes([row["lane"] for row in rows], palette)
    x = alt.X("x:Q").axis(title=_axis(picture), tickCount=choose(4, 8)).scale(zero=True)
    bars = alt.Chart(named("rows")).mark_bar(height=_LANE - 10, opacity=0.8, cornerRadius=2)
    told = [
        alt.Tooltip("lane:N", title="where"),
        alt.Tooltip("text:N", title="what"),
        alt.Tooltip("x:Q", title="from", format=".3~f"),
        alt.Tooltip("end:Q", title="to", format=".3~f"),
    ]
    layers = [
        bars.encode(x=x, x2=_X2, y=y, color=_COLOUR, tooltip=told),
        *(_marks(palette) if picture.marks else []),
    ]
    lanes = {row["lane"] for row in rows}
    return layers, {"rows": rows, "marks": _mark_rows(picture)}, _LANE * max(1, len(lanes))


def _lines(picture: Picture, palette: Palette) -> Drawn:
    names = list(dict.fromkeys(str(row["series"]) for row in picture.rows))
    rows = [{**row, "colour": _SERIES[names.index(str(row["series"])) % 6]} for row in picture.rows]
    ends = _apart(
        [
            max((row for row in rows if row["series"] == name), key=lambda row: row["x"])
            for name in names
        ]
    )
    # Axes of numbers over factors are logarithmic, and their titles say so.
    scale = alt.Scale(type="log") if picture.log else alt.Scale(zero=True, nice=True)
    x = alt.X("x:Q").axis(title=_axis(picture), tickCount=choose(4, 8)).scale(scale)
    y = alt.Y("y:Q").axis(title=picture.y, tickCount=6).scale(zero=True, nice=True)
    dashes = alt.StrokeDash(
        "series:N",
        scale=alt.Scale(domain=names, range=list(_DASHES[: len(names)])),
        legend=None,
    )
    lines = alt.Chart(named("rows")).mark_line(strokeWidth=2)
    told = [
        alt.Tooltip("series:N"),
        alt.Tooltip("x:Q", title=picture.x, format=".4~g"),
        alt.Tooltip("y:Q", title=picture.y, format=".4~g"),
    ]
    points = alt.Chart(named("rows")).mark_point(size=30, filled=True, opacity=0.9)
    labels = alt.Chart(named("ends")).mark_text(
        align=alt.expr("datum.align"), dy=alt.expr("datum.dy"), fontWeight="bold", fontSize=11
    )
    layers = [
        lines.encode(x=x, y=y, color=_COLOUR, strokeDash=dashes),
        points.encode(x=_X, y=_Y, color=_COLOUR, tooltip=told),
        labels.encode(x=_X, y=_Y, text=alt.Text("series:N"), color=_COLOUR),
        *(_marks(palette, across=True) if picture.marks else []),
    ]
    return layers, {"rows": rows, "ends": ends, "marks": _mark_rows(picture)}, _LINES


def _apart(ends: Sequence[Row]) -> list[Row]:
    """The ends of lines with a place for the name of each: one above the other where they meet."""
    right = max((row["x"] for row in ends), default=0)
    top = max((row["y"] for row in ends), default=0)
    placed: list[Row] = []
    for row in ends:
        met = sum(
            abs(row["x"] - other["x"]) <= _NEAR * right and abs(row["y"] - other["y"]) <= 0.05 * top
            for other in placed
        )
        align = "left" if row["x"] < _NEAR * right else "right"
        placed.append({**row, "align": align, "dy": -8 - 14 * met})
    return placed


def _grid(picture: Picture, palette: Palette) -> Drawn:
    rows = [{**_toned(row, palette), "lane": row["row"]} for row in picture.rows]
    columns = list(dict.fromkeys(str(row["column"]) for row in rows))
    y = _lanes([row["lane"] for row in rows], palette)
    x = (
        alt.X("column:N")
        .axis(title=picture.x or None, orient="top", labelAngle=0, labelColor=palette.text)
        .scale(domain=columns)
    )
    cells = alt.Chart(named("rows")).mark_rect(opacity=0.16, stroke=palette.background)
    text = alt.Chart(named("rows")).mark_text(
        fontSize=11, color=palette.text, limit=choose(52, 150)
    )
    told = [
        alt.Tooltip("lane:N", title="what"),
        alt.Tooltip("column:N", title="how"),
        alt.Tooltip("told:N", title="observed"),
    ]
    for row in rows:
        row.setdefault("told", row["text"])
    layers = [
        cells.encode(x=x, y=y, color=_COLOUR, tooltip=told),
        text.encode(x=x, y=y, text=_TEXT, tooltip=told),
    ]
    lanes = {row["lane"] for row in rows}
    return layers, {"rows": rows}, _CELL * max(1, len(lanes)) + 20


def _axis(picture: Picture) -> str:
    return f"{picture.x} (log scale)" if picture.log and picture.x else picture.x


def _mark_rows(picture: Picture) -> list[Row]:
    return [{"at": value, "text": text} for value, text in picture.marks]


def _marks(palette: Palette, *, across: bool = False) -> list[alt.Chart]:
    """Lines at the values that matter, with their names."""
    marks = alt.Chart(named("marks"))
    rule = marks.mark_rule(color=palette.secondary, strokeDash=[4, 3])
    if across:
        name = marks.mark_text(color=palette.secondary, align="left", x=4, dy=-6, fontSize=11)
        at = alt.Y("at:Q")
        return [rule.encode(y=at), name.encode(y=at, text=_TEXT)]
    name = marks.mark_text(color=palette.secondary, align="left", dx=4, y=-6, fontSize=11)
    return [rule.encode(x=alt.X("at:Q")), name.encode(x=alt.X("at:Q"), text=_TEXT)]


_KINDS: Mapping[Kind, Callable[[Picture, Palette], Drawn]] = {
    "bars": _bars,
    "spans": _spans,
    "lines": _lines,
    "grid": _grid,
}
