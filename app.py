"""The server: the pages, what can be shared by address, and the measuring service.

streamlit run app.py
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from bench.descriptors import make_room
from bench.errors import Refused, Unavailable
from bench.logs import log_to_stderr
from bench.measure.child.turn import is_timed
from bench.service.supervisor import service_kept_alive
from bench.settings import Settings, settings
from bench.store import Store
from bench.web import (
    LOOPBACK,
    Guard,
    Names,
    Previews,
    TakeTurns,
    Turns,
    closed_routes,
    health_routes,
    share_routes,
)
from pages.parts.polls import poll_of
from pages.parts.provider import check_login, named_provider

# A viewer's session holds four descriptors, three of them for two minutes after it has left.
MOST_OPEN = 4_000

# The service starts so much later than the app, in seconds: on few CPUs the first page would wait
# for it, and whoever presses Run has seen a page.
LATER = 0.3


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    make_room(MOST_OPEN)
    async with service_kept_alive(beside=settings(), after=LATER):
        yield


def opened() -> Store:
    """The store; or the end, in one sentence, rather than pages that cannot work."""
    try:
        check_login(settings(), named_provider())
        return Store(settings())
    except (Refused, Unavailable) as refusal:
        sys.stderr.write(f"{refusal}\n")
        sys.exit(2)


def guards(here: Settings) -> list[Middleware]:
    """What stands before all pages and addresses, by the lab's settings and the server's."""
    page = Path(st.__file__).with_name("static") / "index.html"
    local = st.get_option("server.address") in LOOPBACK
    anybody = not st.get_option("server.enableCORS")
    return [
        Middleware(Guard, page=page.read_text(encoding="utf-8"), embed=here.embed),
        Middleware(
            Names,
            hosts=st.get_option("server.allowedHosts") or ([] if local else ["*"]),
            origins=["*"] if anybody else st.get_option("server.corsAllowedOrigins"),
        ),
    ]


log_to_stderr()
store, here = opened(), settings()
shares = here.share_publicly
turns = Middleware(TakeTurns, turns=Turns(partial(is_timed, str(here.turn))), poll_of=poll_of)
previews = [Middleware(Previews, store=store)] if shares else []
app = st.App(
    "pages/site.py",
    lifespan=lifespan,
    routes=[*health_routes(store, here), *(share_routes(store) if shares else closed_routes())],
    middleware=[*guards(here), *previews, turns],
)
