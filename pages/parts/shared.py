"""What all pages share: the store, this browser session, and the palette of its theme."""

import functools
import secrets

import streamlit as st

from bench.charts.theme import DARK, LIGHT, Palette
from bench.errors import Unavailable
from bench.measure.cluster import Cluster, cluster_at
from bench.measure.cpus import cpus
from bench.measure.known import known_interpreters
from bench.settings import Settings, settings
from bench.store import Store

SESSION = "session"

# How old may be what a page says of the cluster, in seconds; a trial asks for itself.
LATELY = 60.0


def store() -> Store:
    """The server's one store."""
    return _store(settings())


@functools.lru_cache
def _store(here: Settings) -> Store:
    return Store(here)


def usable_cpus() -> int:
    return cpus().usable


def cluster() -> Cluster | None:
    """The operator's Dask cluster, as it was lately. Raises Unavailable.

    Asking takes a second, and CPU from the machine that may be measuring.
    """
    return cluster_at(settings().dask, LATELY)


def cluster_workers() -> int:
    """How many workers that cluster has; 0 without one, or if it is not there."""
    try:
        there = cluster()
    except Unavailable:  # the executor's own line says why
        return 0
    return len(there.workers) if there else 0


def python_of_page() -> str:
    """The interpreter that the page is about: the address names it, and its choice is drawn."""
    known = [one.name for one in known_interpreters().values() if not one.problem]
    if len(known) == 1:
        return known[0]
    chosen = st.selectbox("Python", known, key="python", bind="query-params", width=160)
    return str(chosen or known[0])


def session() -> str:
    """A name for this browser session, for the bounds of the queue."""
    if SESSION not in st.session_state:
        st.session_state[SESSION] = secrets.token_hex(8)
    return str(st.session_state[SESSION])


def palette() -> Palette:
    """The palette of the theme that the reader sees."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def plain(text: str) -> str:
    """Text that may come from anyone, so that Markdown shows it and does not act on it."""
    return "".join(f"\\{char}" if char in _ACTIVE else char for char in text)


_ACTIVE = set("\\`*_{}[]()<>#+-.!|~$:&@")
