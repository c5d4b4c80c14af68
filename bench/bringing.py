"""Bringing runs in from elsewhere: read, kept and summed up, or refused and nothing stored."""

from bench.errors import Refused
from bench.imports.formats import run_from
from bench.naming import title_of
from bench.owners import OPERATOR
from bench.settings import Settings
from bench.store import Store
from bench.summaries import summarise


def bring_in(store: Store, here: Settings, data: bytes, session: str = "", title: str = "") -> str:
    """Keep the run that a file holds beside one's own, under a name if one is given; its id.

    A session may have so many of them; without one, it is the operator who asks. Raises Refused.
    """
    name = title_of(title)
    run = run_from(data, here.import_bytes)
    with store.database.transaction():
        if session and (mine := store.runs.taken_in(session)) >= here.imports_each:
            bound = f"fewer than {here.imports_each}"
            raise Refused("your imported runs", f"{mine}", bound, "delete one first")
        id_ = store.runs.take_in(run, session)
        if name:
            store.history.rename(id_, name, OPERATOR)
    summarise(store, id_)
    return id_
