"""The operator's own work among the lab's: its mark, its widgets' keys, what is wrong with it."""

import hashlib
from collections.abc import Sequence

import streamlit as st

from bench.workloads import Workload
from pages.parts.shared import plain


def option(workload: Workload, kind: str) -> str:
    """A workload as one of those to choose from."""
    mark = "own · " if workload.source else ""
    return f"{mark}{workload.title} · {kind}"


def about_own(workload: Workload) -> None:
    """Say where own work comes from."""
    if workload.source:
        st.badge(f"own work, from {plain(workload.source.label)}", icon=":material/person:")


def key_of(workload: Workload, name: str, shape: object) -> str:
    """The key of one of a workload's widgets, whatever own work and its parameters are called.

    What a browser holds for a widget of own work may not fit another `shape`: it begins anew then.
    """
    if workload.source is None:
        return f"{workload.name}.{name}"
    digest = hashlib.sha256(repr(shape).encode("utf-8", "replace")).hexdigest()[:8]
    return f"own:{workload.name}.{name}:{digest}"


def problems(sentences: Sequence[str]) -> None:
    """Say what is wrong with own work; the rest of the lab goes on."""
    for sentence in sentences:
        st.warning(f"Own work cannot be used. {plain(sentence)}", icon=":material/person_alert:")
