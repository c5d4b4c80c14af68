"""Giving away what has ended: its address, pictures, a frame for another page, and files."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

import streamlit as st

from bench.analysis.results import Mode, results
from bench.analysis.swept import headline_of
from bench.charts.gallery import answer_of
from bench.charts.theme import PALETTES
from bench.demonstration import Demonstration
from bench.experiments import find_experiment
from bench.exports.formats import Job, file_name, formats_of, whole
from bench.exports.look import Look
from bench.exports.pictures import PICTURE, WIDTH
from bench.exports.snippets import address, framed, html_picture, markdown_picture
from bench.samples import Run
from bench.settings import settings
from pages.parts.shared import palette, plain, store

PICTURES = ("svg", "png")


class Offer(NamedTuple):
    """A form that there is: its kind, title and media type."""

    kind: str
    title: str
    media_type: str


class Shared(NamedTuple):
    """What is given away: its id, in a sentence, the page that shows it, and its first chart."""

    id: str
    told: str
    link: str
    chart: str


def share(run: Run, mode: Mode) -> None:
    """The panel of a run."""
    told = headline_of(run, results(run), mode)
    link = f"{_here()[0]}/result?run={run.id}"
    _panel(Shared(run.id, told, link, answer_of(run.plan)), mode)


def share_experiment(shown: Demonstration) -> None:
    """The panel of a demonstration, on the page that shows it."""
    experiment = find_experiment(shown.asked.experiment)
    link = f"{'/'.join(_here())}?show={experiment.name}&shown={shown.id}"
    _panel(Shared(shown.id, experiment.title, link, PICTURE), "warm")


@st.fragment
def _panel(shared: Shared, mode: Mode) -> None:
    offers = _offers(shared.id, _mark(shared.id))
    st.subheader("Share", anchor=False)
    st.code(shared.link, language=None, wrap_lines=True)
    look = Look(palette().name, mode)
    if any(offer.kind in PICTURES for offer in offers.values()):
        with st.expander("A chart in a chat, a wiki or a pull request", icon=":material/image:"):
            look = _picture(shared, offers, mode)
    with st.expander("This page within another one", icon=":material/iframe:"):
        st.caption(_frames())
        st.code(framed(shared.told, shared.link), language="html", wrap_lines=True)
    with st.container(horizontal=True, key=f"files-{shared.id}"):
        for end, offer in offers.items():
            if offer.kind not in PICTURES:
                _download(shared.id, end, offer, look)


def _frames() -> str:
    """Which pages may show this one within them."""
    origins = settings().embed
    if "*" in origins:
        return "Any page may show it."
    if origins:
        return f"Pages of these origins may show it: {plain(', '.join(origins))}."
    return "No page of another origin may show it, unless the lab's operator lists that origin."


def _picture(shared: Shared, offers: Mapping[str, Offer], mode: Mode) -> Look:
    """Which chart, and how it looks; its address, and what to paste."""
    titles = {
        end.strip("/").removesuffix(".svg"): offer.title.removesuffix(", SVG")
        for end, offer in offers.items()
        if offer.kind == "svg"
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chart = st.selectbox(
            "Chart",
            list(titles),
            index=list(titles).index(shared.chart),
            format_func=lambda name: titles[name],
            key=f"share-chart-{shared.id}",
            width=240,
        )
        theme = st.segmented_control(
            "Background",
            list(PALETTES),
            default=palette().name,
            required=True,
            key=f"share-theme-{shared.id}",
        )
        kind = st.segmented_control(
            "Picture", PICTURES, default="png", required=True, key=f"share-kind-{shared.id}"
        )
    look, end = Look(theme or "light", mode), f"/{chart}.{kind}"
    if settings().share_publicly:
        _pasted(shared, address(_here()[0], shared.id, end, look))
    else:
        st.caption("Runs are for people who are logged in here, so that pictures have no address.")
    _download(shared.id, end, offers[end], look)
    return look


def _pasted(shared: Shared, picture: str) -> None:
    """The address of a picture, and what to paste of it."""
    st.code(picture, language=None, wrap_lines=True)
    pasted = markdown_picture(shared.told, picture, shared.link)
    st.code(pasted, language="markdown", wrap_lines=True)
    pasted = html_picture(shared.told, picture, shared.link, WIDTH)
    st.code(pasted, language="html", wrap_lines=True)


def _download(id_: str, end: str, offer: Offer, look: Look) -> None:
    """A button that makes the file when it is pressed."""
    st.download_button(
        offer.title,
        data=lambda: _made(id_, end, look),
        file_name=file_name(id_, end),
        mime=offer.media_type,
        icon=":material/download:",
        on_click="ignore",
        key=f"{offer.kind}-{id_}",
    )


def _made(id_: str, end: str, look: Look) -> bytes:
    job = _found(id_)
    return whole(job, formats_of(job)[end], look) if job else b""


# What there is of a run is known with its traces alone, which are large: it is asked for once.
@st.cache_data(max_entries=200, show_spinner=False)
def _offers(id_: str, mark: str) -> dict[str, Offer]:  # noqa: ARG001
    job = _found(id_)
    forms = formats_of(job) if job else {}
    return {end: Offer(one.name, one.title, one.media_type) for end, one in forms.items()}


def _mark(id_: str) -> str:
    """What is another one once anything of it has changed."""
    mark = store().runs.mark(id_) or store().demonstrations.mark(id_)
    return mark.told if mark else ""


def _found(id_: str) -> Job | None:
    return store().runs.find(id_, traces=True) or store().demonstrations.find(id_)


def _here() -> tuple[str, str]:
    """The app's own address as this reader sees it, and the page's name below it."""
    parts = urlsplit(st.context.url or "")
    folder, _, page = parts.path.rpartition("/")  # the first page's address may have no path
    return parts._replace(path=folder, query="", fragment="").geturl(), page
