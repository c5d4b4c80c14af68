"""A run to look at in Python: its figures as tables, its charts, and itself in a notebook."""

from base64 import b64encode
from dataclasses import asdict
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from bench.analysis.figures import figures
from bench.analysis.results import MODES, Mode, Reading, Result, results
from bench.analysis.swept import headline_of
from bench.exports.json_run import run_json
from bench.exports.text_run import report
from bench.samples import Run

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

Per = Literal["contender", "sample"]


class Measured:
    """A measured run and what follows from it; `run` is the value itself.

    Printed, it is the report that the command line gives; in a notebook, headline, chart and table.
    """

    def __init__(self, run: Run) -> None:
        self.run = run

    @property
    def id(self) -> str:
        """What `bench.load` finds it by; `unsaved` if it was not kept."""
        return self.run.id

    @property
    def state(self) -> str:
        """`done`, `stopped` or `failed`; a run that was loaded may be under way."""
        return self.run.state

    @cached_property
    def results(self) -> tuple[Result, ...]:
        """One for each of the line-up: intervals, speedups, verdicts."""
        return results(self.run)

    @property
    def headline(self) -> str:
        """The finding in a sentence, computed from the intervals."""
        return headline_of(self.run, self.results, "warm")

    def to_frame(self, per: Per = "contender") -> "pd.DataFrame":
        """A pandas table with a row for each contender, or for each sample; times in seconds."""
        import pandas as pd

        if per == "sample":
            return pd.DataFrame([asdict(sample) for sample in self.run.samples])
        return pd.DataFrame([_row(result) for result in self.results])

    @property
    def charts(self) -> tuple[str, ...]:
        """The names of the charts that the run has."""
        from bench.charts.gallery import drawable

        return tuple(drawable(self.run))

    def chart(
        self, name: str = "speedup", *, mode: Mode = "warm", theme: str = "light", width: int = 720
    ) -> "alt.LayerChart":
        """One of its charts, as an Altair object. `width` is in pixels. Raises Refused."""
        from bench.exports.look import look_of
        from bench.exports.pictures import chart_of

        look = look_of({"mode": mode, "theme": theme}, ("mode", "theme"))
        return chart_of(self.run, name, look, width)

    def to_json(self) -> dict[str, Any]:
        """The run in the lab's public format, `speedup-lab/1`."""
        return run_json(self.run)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}: {self.headline}>"

    def __str__(self) -> str:
        return report(self.run)

    def _repr_html_(self) -> str:
        rows = figures(self.results, "warm")
        head = "".join(f"<th>{escape(name)}</th>" for name in rows[0])
        body = "".join(f"<tr>{''.join(map(_cell, row.values()))}</tr>" for row in rows)
        return (
            f"<p><strong>{escape(self.headline)}</strong></p>{self._picture()}"
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )

    def _picture(self) -> str:
        """The chart that answers, as a picture that a saved notebook keeps."""
        from bench.charts.gallery import answer_of
        from bench.exports.look import Look
        from bench.exports.pictures import svg

        drawn = b64encode(svg(self.run, answer_of(self.run.plan), Look()).encode()).decode()
        told = escape(self.headline, quote=True)
        return f'<img alt="{told}" src="data:image/svg+xml;base64,{drawn}">'


def _cell(value: object) -> str:
    return f"<td>{escape(str(value))}</td>"


def _row(result: Result) -> dict[str, object]:
    """One contender's figures; those of speedups are missing where it is its own yardstick."""
    contender = result.contender
    row: dict[str, object] = {
        "contender": contender.name,
        "executor": contender.executor,
        "workers": contender.workers,
        "interpreter": contender.interpreter,
        "at": contender.at,
        "role": contender.role,
        "n": result.n,
        "error": result.error or None,
    }
    for mode in MODES:
        row |= _figures(mode, result.reading(mode))
    return row


def _figures(mode: str, reading: Reading | None) -> dict[str, object]:
    speedup = reading.speedup if reading else None
    return {
        f"{mode}_s": reading.seconds.estimate if reading else None,
        f"{mode}_s_low": reading.seconds.low if reading else None,
        f"{mode}_s_high": reading.seconds.high if reading else None,
        f"{mode}_speedup": speedup.estimate if speedup else None,
        f"{mode}_speedup_low": speedup.low if speedup else None,
        f"{mode}_speedup_high": speedup.high if speedup else None,
        f"{mode}_verdict": reading.verdict if reading else None,
    }
