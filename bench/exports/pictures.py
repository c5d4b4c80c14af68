"""Charts as pictures, drawn without a browser: SVG and PNG, wide enough for a slide."""

import html
import threading
from base64 import b64encode
from functools import cache
from typing import Any

import altair as alt

from bench.analysis.results import results
from bench.charts import fonts
from bench.charts.experiment import experiment_chart
from bench.charts.gallery import View, drawable
from bench.demonstration import Demonstration
from bench.errors import Refused
from bench.experiments import find_experiment
from bench.exports.look import Look
from bench.forms import choice_of
from bench.samples import Run

# The newest Vega-Lite that vl-convert has; Altair's own schema is of the same line.
VEGA_LITE = "6.4"

# In pixels: half of a slide's, as a picture has two for each unless it is told otherwise.
WIDTH = 960

# The one picture of a demonstration, by name.
PICTURE = "picture"

# One at a time, whoever asks: what drawing costs comes out of the machine that measures.
_drawing = threading.Lock()


def chart_names(job: Run | Demonstration) -> list[str]:
    """The names of all charts that it has; a run comes with its traces."""
    if isinstance(job, Run):
        return list(drawable(job))
    return [PICTURE] if job.facts else []


def chart_of(
    job: Run | Demonstration, name: str, look: Look, width: int | None = WIDTH
) -> alt.LayerChart:
    """Its chart of that name. Without a width it takes its container's. Raises Refused."""
    if name not in chart_names(job):
        raise Refused("chart", name, choice_of(chart_names(job)))
    if isinstance(job, Run):
        view = View(look.mode, look.palette, width)
        return drawable(job)[name].draw(job, results(job), view)
    shown = find_experiment(job.asked.experiment).picture(job.facts or {}, job.events)
    return experiment_chart(shown, look.palette, width)


def svg(job: Run | Demonstration, name: str, look: Look) -> str:
    """A chart as SVG that brings its font, and says what it shows. Raises Refused."""
    spec = chart_of(job, name, look).to_dict()
    with _drawing:
        drawn = _vl_convert().vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])
    head, end, body = str(drawn).partition(">")
    told = f"<desc>{html.escape(spec['description'])}</desc><style>{font_face()}</style>"
    return f"{head}{end}{told}{body}"


def png(job: Run | Demonstration, name: str, look: Look) -> bytes:
    """A chart as PNG. Raises Refused."""
    spec = chart_of(job, name, look).to_dict()
    with _drawing:
        drawn: bytes = _vl_convert().vegalite_to_png(
            spec, vl_version=VEGA_LITE, scale=look.scale, allowed_base_urls=[]
        )
    return drawn


@cache
def vega(snippet: str) -> str:
    """A script of Vega, Vega-Lite and Vega-Embed with the snippet that uses them. Takes seconds."""
    with _drawing:
        return str(_vl_convert().javascript_bundle(snippet, vl_version=VEGA_LITE))


@cache
def font_face() -> str:
    """The charts' font as CSS that needs nothing else."""
    data = b64encode(fonts.WEB_FONT.read_bytes()).decode()
    return (
        "@font-face{font-family:Inter;font-weight:100 900;"
        f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
    )


def _vl_convert() -> Any:
    # Imported where it draws: it is large, and most of what imports this room draws nothing.
    import vl_convert

    fonts.register()
    return vl_convert
