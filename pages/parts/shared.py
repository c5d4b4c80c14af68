"""What all pages share: the store, this browser session, and the palette of its theme."""

import functools
import secrets

import streamlit as st

from bench.charts.theme import DARK, LIGHT, Palette
from bench.measure.cpus import cpus
from bench.settings import Settings, settings
from bench.store import Store

SESSION = "session"


def store() -> Store:
    """The server's one store."""
    return _store(settings())


@functools.lru_cache
def _store(here: Settings) -> Store:
    return Store(here)


def usable_cpus() -> int:
    return cpus().usable


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
