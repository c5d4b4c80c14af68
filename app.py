"""The server: the pages, what can be shared by address, and the measuring service.

streamlit run app.py
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware

from bench.descriptors import make_room
from bench.errors import Refused, Unavailable
from bench.logs import log_to_stderr
from bench.service.supervisor import service_kept_alive
from bench.settings import settings
from bench.store import Store
from bench.web import Previews, health_routes, share_routes

# A viewer's session holds four descriptors, three of them for two minutes after it has left.
MOST_OPEN = 4_000


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    make_room(MOST_OPEN)
    async with service_kept_alive(beside=settings()):
        yield


def opened() -> Store:
    """The store; or the end, in one sentence, rather than pages that cannot work."""
    try:
        return Store(settings())
    except (Refused, Unavailable) as refusal:
        sys.stderr.write(f"{refusal}\n")
        sys.exit(2)


log_to_stderr()
store = opened()
app = st.App(
    "pages/site.py",
    lifespan=lifespan,
    routes=[*health_routes(store, settings()), *share_routes(store)],
    middleware=[Middleware(Previews, store=store)],
)
