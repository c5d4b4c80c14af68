"""Runs from elsewhere: files that a reader uploads, each with its own outcome in a sentence."""

import streamlit as st

from bench.errors import Refused
from bench.imports.bringing import bring_in
from bench.settings import settings
from pages.parts.shared import plain, store, who, why_not

# So many files at once.
MOST = 10

OUTCOMES = "import.outcomes"

# Part of the uploader's key: another one begins empty, so that no file is imported twice.
_TURN = "import.turn"

_MEGABYTE = 1_000_000


def importer() -> None:
    """Draw the uploader, and what became of the files that were given last."""
    turn = st.session_state.setdefault(_TURN, 0)
    with st.expander("Import runs from files", icon=":material/upload_file:"):
        st.markdown(
            "A run's JSON from another lab, or JSON of pyperf, hyperfine or pytest-benchmark. "
            "Everybody who can open this page sees what is imported."
        )
        barred = why_not()
        most = settings().import_bytes
        files = st.file_uploader(
            "Files",
            type="json",
            accept_multiple_files=True,
            key=f"import-{turn}",
            max_upload_size=max(1, -(-most // _MEGABYTE)),
            disabled=bool(barred),
            help=barred or f"At most {MOST} at once, {most:,} bytes each.",
        )
        if st.button("Import", key="import", type="primary", disabled=not files or bool(barred)):
            st.session_state[OUTCOMES] = [
                _outcome(place, file.name, file.getvalue()) for place, file in enumerate(files)
            ]
            st.session_state[_TURN] = turn + 1
            st.rerun()
    for name, id_, refusal in st.session_state.pop(OUTCOMES, []):
        if refusal:
            st.error(f"{plain(name)}: {plain(refusal)}", icon=":material/block:")
        else:
            st.success(f"{plain(name)} is imported.", icon=":material/check:")
            st.page_link(
                "result.py",
                label=f"Open {plain(name)}",
                icon=":material/link:",
                query_params={"run": id_},
            )


def _outcome(place: int, name: str, data: bytes) -> tuple[str, str, str]:
    """The file's name as it may be shown, and its run's id or why it was refused."""
    told = "".join(char if char.isprintable() else "?" for char in name)[:80]
    if place >= MOST:
        return told, "", f"Only {MOST} files are imported at once: import it on its own."
    try:
        return told, bring_in(store(), settings(), data, who()), ""
    except Refused as refusal:
        return told, "", str(refusal)
