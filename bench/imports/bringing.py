"""Bringing runs in from elsewhere: read, kept and summed up, or refused and nothing stored."""

from bench.access import OPERATOR, Who
from bench.errors import Refused
from bench.imports.formats import run_from
from bench.naming import title_of
from bench.settings import Settings
from bench.store import Store
from bench.summaries import summarise


def bring_in(
    store: Store, here: Settings, data: bytes, who: Who = OPERATOR, title: str = ""
) -> str:
    """Keep the run that a file holds beside one's own, under a name if one is given; its id.

    A person may have so many of them, the operator any number. Raises Refused.
    """
    name = title_of(title)
    run = run_from(data, here.import_bytes)
    with store.database.transaction():
        store.access.check(who)
        mine = store.runs.taken_in(who.owner) if who.owner else 0
        if mine >= here.imports_each:
            bound = f"fewer than {here.imports_each}"
            raise Refused("your imported runs", f"{mine}", bound, "delete one first")
        store.starts.count(who)
        id_ = store.runs.take_in(run, who.owner)
        if name:
            store.history.rename(id_, name, OPERATOR)
    summarise(store, id_)
    return id_
