"""All forms in which a run or a demonstration is given away: by name, and by address."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from bench.charts.gallery import GALLERY
from bench.demonstration import Demonstration
from bench.exports.chrome_trace import chrome_trace
from bench.exports.csv_run import contenders_csv, samples_csv
from bench.exports.html_experiment import experiment_html
from bench.exports.html_run import run_html
from bench.exports.json_experiment import experiment_json
from bench.exports.json_run import run_json
from bench.exports.look import Look
from bench.exports.markdown_experiment import experiment_markdown
from bench.exports.markdown_run import run_markdown
from bench.exports.pictures import chart_names, png, svg
from bench.exports.pyperf_run import pyperf_files
from bench.samples import Run

Job = Run | Demonstration

# One file, or several by name.
Written = str | bytes | Mapping[str, str]


@dataclass(frozen=True)
class Format:
    """A form: its name, its title, its media type, and how a job is written in it.

    `end` follows the id in its address and in a file's name: `.json`, `/times.svg`. `takes` are the
    choices of a look that make a difference. Of several files the media type is that of a zip.
    """

    name: str
    title: str
    end: str
    media_type: str
    write: Callable[[Any, Look], Written]
    takes: tuple[str, ...] = ()


def formats_of(job: Job) -> dict[str, Format]:
    """The forms that there are of it, by their ends. A run comes with its traces."""
    known = _RUNS if isinstance(job, Run) else _EXPERIMENTS
    own = [one for one in known if one.name != "trace" or (isinstance(job, Run) and job.traces)]
    return {one.end: one for one in (*own, *_pictures(job))}


def _pictures(job: Job) -> list[Format]:
    titles = {name: kind.title for name, kind in GALLERY.items()}
    return [
        Format(
            name,
            f"{titles.get(chart, 'Picture')}, {name.upper()}",
            f"/{chart}.{name}",
            media_type,
            partial(_drawn, write, chart),
            takes,
        )
        for chart in chart_names(job)
        for name, media_type, write, takes in (
            ("svg", "image/svg+xml", svg, ("theme", "mode")),
            ("png", "image/png", png, ("theme", "mode", "scale")),
        )
    ]


def _drawn(
    write: Callable[[Job, str, Look], str | bytes], chart: str, job: Job, look: Look
) -> Written:
    return write(job, chart, look)


def file_name(id_: str, end: str) -> str:
    """What the file of a form is called."""
    return f"speedup-lab-{id_}{end.replace('/', '-')}"


def whole(job: Job, one: Format, look: Look) -> bytes:
    """It as one file; several are zipped. Raises Refused if there is nothing to write."""
    written = one.write(job, look)
    return _zipped(written) if isinstance(written, Mapping) else _encoded(written)


def files(job: Job, one: Format, look: Look) -> dict[str, bytes]:
    """It as one file, or as several, by name. Raises Refused if there is nothing to write."""
    written = one.write(job, look)
    if isinstance(written, Mapping):
        return {file_name(job.id, f"/{name}"): _encoded(text) for name, text in written.items()}
    return {file_name(job.id, one.end): _encoded(written)}


def _encoded(written: str | bytes) -> bytes:
    return written.encode() if isinstance(written, str) else written


def _zipped(written: Mapping[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in written.items():
            # Without the moment of packing: the same files make the same zip.
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _text(plain: object) -> str:
    return json.dumps(plain, indent=2) + "\n"


_JSON, _CSV, _MARKDOWN, _HTML = "application/json", "text/csv", "text/markdown", "text/html"

_RUNS = (
    Format("json", "JSON", ".json", _JSON, lambda run, _: _text(run_json(run))),
    Format("csv", "CSV, a row a sample", ".csv", _CSV, lambda run, _: samples_csv(run)),
    Format(
        "contenders",
        "CSV, a row a contender",
        "/contenders.csv",
        _CSV,
        lambda run, _: contenders_csv(run),
    ),
    Format(
        "md",
        "Markdown",
        ".md",
        _MARKDOWN,
        lambda run, look: run_markdown(run, look.mode),
        ("mode",),
    ),
    Format("html", "HTML report", ".html", _HTML, run_html, ("theme", "mode")),
    Format(
        "pyperf",
        "pyperf JSON, a file an executor",
        "/pyperf.zip",
        "application/zip",
        lambda run, _: {name: _text(plain) for name, plain in pyperf_files(run).items()},
    ),
    Format(
        "trace",
        "Chrome trace, for Perfetto",
        "/trace.json",
        _JSON,
        lambda run, _: json.dumps(chrome_trace(run), separators=(",", ":")),
    ),
)

_EXPERIMENTS = (
    Format("json", "JSON", ".json", _JSON, lambda shown, _: _text(experiment_json(shown))),
    Format("md", "Markdown", ".md", _MARKDOWN, lambda shown, _: experiment_markdown(shown)),
    Format("html", "HTML report", ".html", _HTML, experiment_html, ("theme",)),
)
