"""What is served beside the pages: exports by address, previews of links, and what guards all.

routes.py    which addresses there are, and what each is answered with
shelf.py     what was made for one answer and serves the next, within bounds
health.py    whether the lab works, for whoever watches over it
metrics.py   figures of it, as OpenMetrics
names.py     which names the lab goes by, and whose pages may speak to it
guard.py     what browsers are told that every answer may do
turns.py     who watches takes turns with what is timed
previews.py  title, sentence and picture in the head of a run's page

Nothing here knows Streamlit; app.py puts both together.
"""

from bench.web.guard import Guard
from bench.web.health import health_routes
from bench.web.names import LOOPBACK, Names
from bench.web.previews import Previews
from bench.web.routes import closed_routes, share_routes
from bench.web.turns import TakeTurns, Turns

__all__ = [
    "LOOPBACK",
    "Guard",
    "Names",
    "Previews",
    "TakeTurns",
    "Turns",
    "closed_routes",
    "health_routes",
    "share_routes",
]
