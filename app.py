"""The server: the pages, what can be shared by address, and the measuring service.

streamlit run app.py
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware

from bench.errors import Refused, Unavailable
from bench.logs import log_to_stderr
from bench.service.supervisor import service_kept_alive
from bench.settings import settings
from bench.store import Store
from bench.web import Previews, closed_routes, share_routes


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    async with service_kept_alive():
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
shares = settings().share_publicly
app = st.App(
    "pages/site.py",
    lifespan=lifespan,
    routes=share_routes(store) if shares else closed_routes(),
    middleware=[Middleware(Previews, store=store)] if shares else [],
)
