"""What a run is called: its name, note and labels, and the forms that change or delete it."""

import time

import streamlit as st

from bench.errors import Refused
from bench.naming import LABELS, NOTE, TITLE
from bench.samples import Run
from bench.store.history import Entry
from pages.parts.shared import plain, store, who, why_not
from pages.parts.words import when

REFUSED = "refused.calling"

# A run is listed with its last day when that is nearer than this, in seconds.
SOON = 30 * 86_400.0


def called(run: Run) -> None:
    """Say what people call a run, if they do."""
    entry = store().history.find(run.id)
    if entry is None:
        return
    if entry.title or entry.labels:
        with st.container(horizontal=True, vertical_alignment="center", key="called"):
            if entry.title:
                st.markdown(f"**{plain(entry.title)}**", width="content")
            label_badges(entry)
    if entry.note:
        st.markdown("  \n".join(plain(line) for line in entry.note.split("\n")))


def label_badges(entry: Entry) -> None:
    """A badge a label."""
    for label in entry.labels:
        st.badge(plain(label), icon=":material/label:", color="gray")


def change_buttons(run: Run) -> None:
    """The forms for who may change the run; for others they are closed, with the reason."""
    entry = store().history.find(run.id)
    if entry is None:
        return
    barred = why_not(entry.owner)
    st.toggle(
        "Keep",
        entry.kept,
        key=f"keep-{run.id}",
        disabled=bool(barred),
        help=barred or "A run that is kept stays when its time is over.",
        on_change=_keep,
        args=(run.id,),
    )
    with st.popover(
        "Name and note",
        icon=":material/edit:",
        disabled=bool(barred),
        help=barred,
        key=f"calling-{run.id}",
    ):
        _form(entry)
    with st.popover(
        "Delete",
        icon=":material/delete:",
        disabled=bool(barred),
        help=barred,
        key=f"delete-{run.id}",
    ):
        _confirmation(entry)
    if refused := st.session_state.pop(REFUSED, ""):
        st.error(plain(refused), icon=":material/block:")


def expiry(run: Run) -> None:
    """Say how long the run stays."""
    entry = store().history.find(run.id)
    if entry is None:
        return
    until = store().retention.until(entry)
    if entry.kept:
        st.caption("This run is kept: it stays until somebody deletes it.")
    elif until:
        st.caption(f"This run is kept until {when(until)[:10]}. {plain(store().retention.rule())}.")


def expiry_badge(entry: Entry) -> None:
    """A badge on a run that is kept, or that is soon removed."""
    until = store().retention.until(entry)
    if entry.kept:
        st.badge("kept", icon=":material/keep:", color="gray")
    elif until and until - time.time() < SOON:
        st.badge(f"until {when(until)[:10]}", icon=":material/auto_delete:", color="orange")


def _keep(id_: str) -> None:
    try:
        store().history.retain(id_, bool(st.session_state[f"keep-{id_}"]), who())
    except Refused as refusal:
        st.session_state[REFUSED] = str(refusal)


def _form(entry: Entry) -> None:
    id_ = entry.run.id
    with st.form(f"form-{id_}", border=False):
        st.text_input("Name", entry.title, max_chars=TITLE, key=f"name-{id_}")
        st.text_area("Note", entry.note, max_chars=NOTE, key=f"note-{id_}")
        st.text_input(
            "Labels",
            ", ".join(entry.labels),
            key=f"labels-{id_}",
            help=f"At most {LABELS}, with commas between them.",
        )
        st.form_submit_button(
            "Save", key=f"save-{id_}", type="primary", on_click=_save, args=(id_,)
        )


def _save(id_: str) -> None:
    name, note, labels = (
        str(st.session_state[f"{field}-{id_}"]) for field in ("name", "note", "labels")
    )
    try:
        store().history.describe(id_, name, note, labels.split(","), who())
    except Refused as refusal:
        st.session_state[REFUSED] = str(refusal)


def _confirmation(entry: Entry) -> None:
    st.markdown("This removes the run with all of its rounds, for everybody, and cannot be undone.")
    if not st.button("Delete this run", key=f"confirm-{entry.run.id}", type="primary"):
        return
    try:
        store().history.delete(entry.run.id, who())
    except Refused as refusal:
        st.error(plain(str(refusal)), icon=":material/block:")
    else:
        st.switch_page("history.py")
