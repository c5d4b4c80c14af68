"""The server: the pages, and the measuring service that lives as long as they do.

streamlit run app.py
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from bench.errors import Refused, Unavailable
from bench.logs import log_to_stderr
from bench.service.supervisor import service_kept_alive
from bench.settings import settings
from bench.store import Store


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    async with service_kept_alive():
        yield


def checked() -> None:
    """Refuse to start in one sentence, rather than with a page that cannot work."""
    try:
        Store(settings()).close()
    except (Refused, Unavailable) as refusal:
        sys.stderr.write(f"{refusal}\n")
        sys.exit(2)


log_to_stderr()
checked()
app = st.App("pages/site.py", lifespan=lifespan)
