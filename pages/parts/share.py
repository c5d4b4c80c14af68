"""Giving away what has ended: its address, pictures, a frame for another page, and files."""

import streamlit as st

from bench.analysis.results import Mode, results
from bench.analysis.swept import headline_of
from bench.charts.gallery import answer_of
from bench.charts.theme import PALETTES
from bench.demonstration import Demonstration
from bench.experiments import find_experiment
from bench.exports.formats import Format, Job, file_name, formats_of, whole
from bench.exports.look import Look
from bench.exports.pictures import PICTURE, WIDTH, chart_names
from bench.exports.snippets import address, framed, html_picture, markdown_picture
from bench.samples import Run
from pages.parts.shared import palette, store

PICTURES = ("svg", "png")


def share(run: Run, mode: Mode) -> None:
    """The panel of a run."""
    # Which charts there are, and what a trace holds, is known with the traces alone.
    whole_run = store().runs.find(run.id, traces=True) or run
    told = headline_of(run, results(run), mode)
    _panel(whole_run, told, f"result?run={run.id}", answer_of(run.plan), mode)


def share_experiment(shown: Demonstration) -> None:
    """The panel of a demonstration, on the page that shows it."""
    experiment = find_experiment(shown.asked.experiment)
    place = f"{_here()[1]}?show={experiment.name}&shown={shown.id}"
    _panel(shown, experiment.title, place, PICTURE)


@st.fragment
def _panel(job: Job, told: str, place: str, first: str, mode: Mode = "warm") -> None:
    link = f"{_here()[0]}/{place}"
    st.subheader("Share", anchor=False)
    st.code(link, language=None, wrap_lines=True)
    there = formats_of(job)
    look = Look(palette().name, mode)
    if names := chart_names(job):
        with st.expander("A chart in a chat, a wiki or a pull request", icon=":material/image:"):
            look = _picture(job, told, link, names, first, mode)
    with st.expander("This page within another one", icon=":material/iframe:"):
        st.code(framed(told, link), language="html", wrap_lines=True)
    with st.container(horizontal=True, key=f"files-{job.id}"):
        for one in there.values():
            if one.name not in PICTURES:
                _download(job, one, look)


def _picture(job: Job, told: str, link: str, names: list[str], first: str, mode: Mode) -> Look:
    """Which chart, and how it looks; its address, and what to paste."""
    there = formats_of(job)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chart = st.selectbox(
            "Chart",
            names,
            index=names.index(first),
            format_func=lambda name: there[f"/{name}.svg"].title.removesuffix(", SVG"),
            key=f"share-chart-{job.id}",
            width=240,
        )
        theme = st.segmented_control(
            "Background",
            list(PALETTES),
            default=palette().name,
            required=True,
            key=f"share-theme-{job.id}",
        )
        kind = st.segmented_control(
            "Picture", PICTURES, default="png", required=True, key=f"share-kind-{job.id}"
        )
    look = Look(theme or "light", mode)
    one = there[f"/{chart}.{kind}"]
    picture = address(_here()[0], job.id, one.end, look)
    st.code(picture, language=None, wrap_lines=True)
    st.code(markdown_picture(told, picture, link), language="markdown", wrap_lines=True)
    st.code(html_picture(told, picture, link, WIDTH), language="html", wrap_lines=True)
    _download(job, one, look)
    return look


def _download(job: Job, one: Format, look: Look) -> None:
    """A button that makes the file when it is pressed."""
    st.download_button(
        one.title,
        data=lambda: whole(job, one, look),
        file_name=file_name(job, one),
        mime=one.media_type,
        icon=":material/download:",
        on_click="ignore",
        key=f"{one.name}-{job.id}",
    )


def _here() -> tuple[str, str]:
    """The app's own address as this reader sees it, and the page's name below it."""
    base, _, page = (st.context.url or "").rpartition("/")
    return base, page
