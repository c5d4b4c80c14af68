"""What all pages share: the store, who is there, and the palette of their theme."""

import functools
import re
import secrets

import streamlit as st

from bench.access import Who, client_of, login_of
from bench.charts.theme import DARK, LIGHT, Palette
from bench.errors import Unavailable
from bench.measure.host.cluster import Cluster, cluster_at
from bench.measure.host.cpus import cpus
from bench.measure.host.known import known_interpreters
from bench.settings import Settings, settings
from bench.store import Store
from bench.store.watched import Watched

SESSION = "session"

# How old may be what a page says of the cluster, in seconds; a trial asks for itself.
LATELY = 60.0


def store() -> Store:
    """The server's one store."""
    return _store(settings())


@functools.lru_cache
def _store(here: Settings) -> Store:
    return Store(here)


def watched() -> Watched:
    """The server's one reader of what people watch."""
    return _watched(store())


@functools.lru_cache
def _watched(store: Store) -> Watched:
    return Watched(store.runs, store.demonstrations)


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
    """A name for this browser session, which nobody else is told."""
    if SESSION not in st.session_state:
        st.session_state[SESSION] = secrets.token_hex(8)
    return str(st.session_state[SESSION])


def who() -> Who:
    """The one in front of this page."""
    return Who(session(), login_of(st.user), client_of(st.context.ip_address))


def may_look() -> bool:
    """Whether they may see pages at all."""
    return settings().access != "login" or bool(st.user.get("is_logged_in"))


def why_not(owner: str | None = None) -> str | None:
    """Why they may not start things, or change what that owner started; None if they may."""
    return store().access.why_not(who(), owner) or None


def palette() -> Palette:
    """The palette of the theme that the reader sees."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def plain(text: str) -> str:
    """Text that may come from anyone, so that Markdown shows it and does not act on it."""
    unlinked = _LINKED.sub("\u2060", text)
    return _BEGINS.sub(r"\1\\", _ACTIVE.sub(r"\\\g<0>", unlinked))


# What acts anywhere, and what begins a list, a heading or a rule where a line begins. No more than
# that is escaped: a widget's label is read out as it is written, with each backslash.
_ACTIVE = re.compile(r"[\\`*_{}\[\]<>|~$:&@]")
_BEGINS = re.compile(r"^([ \t]*(?:\d+(?=[.)](?:\s|$)))?)(?=[#+=.)-])", re.MULTILINE)

# Where what looks like an address is broken by a mark without width: it is made a link after all
# escapes are gone.
_LINKED = re.compile(r"(?<=http:|ttps:)(?=//)|(?<=www)(?=\.)|(?<=[\w.+-])(?=@)", re.IGNORECASE)
