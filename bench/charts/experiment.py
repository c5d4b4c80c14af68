"""An experiment's picture: bars, spans, lines or a grid, from the rows that it tells."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import altair as alt

from bench.charts.axes import REACH
from bench.charts.drawing import Row, choose, named, styled
from bench.charts.experiment_lines import LINES, NAME, across, across_title, apart, powers, upwards
from bench.charts.theme import TONES, Palette
from bench.charts.thinning import MOST_MARKS, lines_within
from bench.experiments.picture import Kind, Picture

_X, _X2, _Y = alt.X("x:Q"), alt.X2("end:Q"), alt.Y("y:Q")
_TEXT, _NAMED = alt.Text("text:N"), alt.Text("series:N")
_COLOUR = alt.Color("colour:N", scale=None, legend=None)
_BAR, _LANE, _CELL = 40, 30, 34

# The columns of a grid share about so many pixels on a phone and where there is room.
_NARROW_GRID, _WIDE_GRID = 215, 700

# Whether a mark stands so far to the right that its name might not have room beside it.
_LATE = "scale('x', datum.at) > 0.7 * width"

# Lines of one picture: told apart by dashes and by the names at their ends, too.
_SERIES = ("#217BE0", "#E0662B", "#0FA67D", "#835BB7", "#BD8A00", "#A63A82")
_DASHES = ([1, 0], [6, 4], [2, 3], [8, 3, 2, 3], [12, 4], [3, 3])


def experiment_chart(
    picture: Picture, palette: Palette, width: int | None = None
) -> alt.LayerChart:
    """The picture as a chart. Without a width it takes its container's."""
    fitting = _fitting(picture)
    shown, in_all = len(fitting.rows), len(picture.rows)
    layers, rows, height = _KINDS[picture.kind](fitting, palette)
    return styled(
        layers,
        rows,
        palette,
        title=picture.title,
        subtitle=[
            picture.sentence,
            *([f"{shown:,} of {in_all:,} points shown"] if shown < in_all else []),
        ],
        description=f"{picture.title}. {picture.sentence}",
        grid="y" if picture.kind == "lines" else "x",
        height=height,
        width=width,
    )


def _fitting(picture: Picture) -> Picture:
    """The picture with as many points of its lines as a chart holds; nothing else has so many.

    Each point has a mark and perhaps an interval, each line itself and its name, twice.
    """
    if picture.kind != "lines":
        return picture
    lines = {row["series"] for row in picture.rows}
    each = 2 if any("low" in row for row in picture.rows) else 1
    room = MOST_MARKS - 3 * len(lines) - 2 * len(picture.marks)
    return replace(picture, rows=lines_within(room // each, picture.rows))


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
    intervals = _within_reach([row for row in rows if "low" in row and "high" in row], rows)
    x = _values(picture, intervals)
    values = alt.Chart(named("rows"))
    if _by_factors(picture):
        # There is no zero for a bar to begin at.
        bars = values.mark_point(size=70, filled=True, opacity=1)
    else:
        bars = values.mark_bar(height=_BAR // 2, opacity=0.85, cornerRadiusEnd=2)
    ends = alt.Chart(named("intervals")).mark_rule(strokeWidth=2.5, color=palette.text)
    text = alt.Chart(named("rows")).mark_text(
        align="left", x=4, dy=-_BAR // 2 + 5, fontSize=11, color=palette.text
    )
    told = [alt.Tooltip("lane:N", title="what"), alt.Tooltip("text:N", title="observed")]
    layers = [
        *(_marks(palette) if picture.marks else []),
        bars.encode(x=x, y=y, color=_COLOUR, tooltip=told),
        *([ends.encode(x=alt.X("low:Q"), x2=alt.X2("high:Q"), y=y)] if intervals else []),
        text.encode(y=y, text=_TEXT),
    ]
    sets = {"rows": rows, "intervals": intervals, "marks": _mark_rows(picture)}
    return layers, sets, _BAR * max(1, len(rows))


def _within_reach(intervals: Sequence[Row], rows: Sequence[Row]) -> list[Row]:
    """Intervals cut off where they would press all values together: text tells them whole."""
    low, high = (end((row["x"] for row in rows), default=1.0) for end in (min, max))
    return [
        {**row, "low": max(row["low"], low / REACH), "high": min(row["high"], high * REACH)}
        for row in intervals
    ]


def _by_factors(picture: Picture) -> bool:
    """Whether the values stand on an axis by factors, which has no zero."""
    return picture.log and all(row["value"] > 0 for row in picture.rows)


def _values(picture: Picture, intervals: Sequence[Row]) -> alt.X:
    """The axis of bars: from zero, or over whole factors of ten that hold all there is to see."""
    x, title = alt.X("x:Q").stack(None), across_title(picture)
    if not _by_factors(picture):
        scale = alt.Scale(type="symlog") if picture.log else alt.Scale(nice=True, zero=True)
        return x.axis(title=title, tickCount=choose(3, 8)).scale(scale)
    seen = [value for value, _ in picture.marks] + [row["value"] for row in picture.rows]
    seen += [row[end] for row in intervals for end in ("low", "high")]
    ticks = powers(seen)
    scale = alt.Scale(type="log", domain=[ticks[0], ticks[-1]])
    return x.axis(title=title, values=ticks, format=",.12~g").scale(scale)


def _spans(picture: Picture, palette: Palette) -> Drawn:
    rows = [{**_toned(row, palette), "x": row["start"]} for row in picture.rows]
    y = _lanes([row["lane"] for row in rows], palette)
    x = alt.X("x:Q").axis(title=across_title(picture), tickCount=choose(4, 8)).scale(zero=True)
    bars = alt.Chart(named("rows")).mark_bar(height=_LANE - 10, opacity=0.8, cornerRadius=2)
    told = [
        alt.Tooltip("lane:N", title="where"),
        alt.Tooltip("text:N", title="what"),
        alt.Tooltip("x:Q", title="from", format=".3~f"),
        alt.Tooltip("end:Q", title="to", format=".3~f"),
    ]
    notes = _notes(rows, palette)
    words = alt.Chart(named("notes")).mark_text(
        align=alt.expr("datum.align"), dx=alt.expr("datum.dx"), fontSize=11
    )
    ink = alt.Color("ink:N", scale=None, legend=None)
    layers = [
        bars.encode(x=x, x2=_X2, y=y, color=_COLOUR, tooltip=told),
        *([words.encode(x=alt.X("at:Q"), y=y, text="note:N", color=ink)] if notes else []),
        *(_marks(palette) if picture.marks else []),
    ]
    lanes = {row["lane"] for row in rows}
    sets = {"rows": rows, "notes": notes, "marks": _mark_rows(picture)}
    return layers, sets, _LANE * max(1, len(lanes))


def _notes(rows: Sequence[Row], palette: Palette) -> list[Row]:
    """What stands behind bars; where there is no room, before them, else at the end of the bar."""
    right = max((row["end"] for row in rows), default=0)
    left = min((row["start"] for row in rows), default=0)
    room = 0.25 * (right - left)
    notes: list[Row] = []
    for row in rows:
        if right - row["end"] >= room:
            place = {"at": row["end"], "align": "left", "dx": 5, "ink": palette.text}
        elif row["start"] - left >= room:
            place = {"at": row["start"], "align": "right", "dx": -5, "ink": palette.text}
        else:
            place = {"at": row["end"], "align": "right", "dx": -5, "ink": palette.background}
        notes += [{**row, **place}] if row.get("note") else []
    return notes


def _lines(picture: Picture, palette: Palette) -> Drawn:
    names = list(dict.fromkeys(str(row["series"]) for row in picture.rows))
    rows = [{**row, "colour": _SERIES[names.index(str(row["series"])) % 6]} for row in picture.rows]
    ends = [
        max((row for row in rows if row["series"] == name), key=lambda row: row["x"])
        for name in names
    ]
    x, y = across(picture), upwards(picture)
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
    intervals = [row for row in rows if "low" in row and "high" in row]
    reach = alt.Chart(named("intervals")).mark_rule()
    points = alt.Chart(named("rows")).mark_point(size=30, filled=True, opacity=0.9)
    labels = alt.Chart(named("ends"))
    layers = [
        lines.encode(x=x, y=y, color=_COLOUR, strokeDash=dashes),
        *([reach.encode(x=_X, y="low:Q", y2="high:Q", color=_COLOUR)] if intervals else []),
        points.encode(x=_X, y=_Y, color=_COLOUR, tooltip=told),
        # Twice, so that a line behind a name does not cross it out.
        labels.mark_text(**NAME, stroke=palette.background, strokeWidth=4).encode(
            x=_X, y=_Y, text=_NAMED
        ),
        labels.mark_text(**NAME).encode(x=_X, y=_Y, text=_NAMED, color=_COLOUR),
        *(_marks(palette, across=True) if picture.marks else []),
    ]
    named_ends = apart(ends, picture)
    sets = {"rows": rows, "intervals": intervals, "ends": named_ends, "marks": _mark_rows(picture)}
    return layers, sets, LINES


def _grid(picture: Picture, palette: Palette) -> Drawn:
    rows = [{**_toned(row, palette), "lane": row["row"]} for row in picture.rows]
    columns = list(dict.fromkeys(str(row["column"]) for row in rows))
    y = _lanes([row["lane"] for row in rows], palette)
    # What a column has room for, with and without the room for long labels.
    limit = choose(_NARROW_GRID // max(1, len(columns)), _WIDE_GRID // max(1, len(columns)))
    axis = alt.Axis(
        title=picture.x or None,
        orient="top",
        grid=False,
        labelAngle=0,
        labelColor=palette.text,
        labelFontSize=choose(10, 12),
        labelLimit=limit,
    )
    x = alt.X("column:N").axis(axis).scale(domain=columns)
    cells = alt.Chart(named("rows")).mark_rect(opacity=0.16, stroke=palette.background)
    text = alt.Chart(named("rows")).mark_text(fontSize=11, color=palette.text, limit=limit)
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


def _mark_rows(picture: Picture) -> list[Row]:
    return [{"at": value, "text": text} for value, text in picture.marks]


def _marks(palette: Palette, *, across: bool = False) -> list[alt.Chart]:
    """Lines at the values that matter, with their names."""
    marks = alt.Chart(named("marks"))
    rule = marks.mark_rule(color=palette.secondary, strokeDash=[4, 3])
    if across:
        # On the right, where lines leave room for names.
        name = marks.mark_text(
            color=palette.secondary, align="right", x="width", dy=-6, fontSize=11
        )
        at = alt.Y("at:Q")
        return [rule.encode(y=at), name.encode(y=at, text=_TEXT)]
    # Near the right end there is more room to the left.
    name = marks.mark_text(
        color=palette.secondary,
        align=alt.expr(f"{_LATE} ? 'right' : 'left'"),
        dx=alt.expr(f"{_LATE} ? -4 : 4"),
        y=-6,
        fontSize=11,
    )
    return [rule.encode(x=alt.X("at:Q")), name.encode(x=alt.X("at:Q"), text=_TEXT)]


_KINDS: Mapping[Kind, Callable[[Picture, Palette], Drawn]] = {
    "bars": _bars,
    "spans": _spans,
    "lines": _lines,
    "grid": _grid,
}
