"""What is served without a visit to a page: exports by address, and previews of links.

routes.py    which addresses there are, and what each is answered with
shelf.py     what was made for one answer and serves the next, within bounds
previews.py  title, sentence and picture in the head of a run's page

Nothing here knows Streamlit; app.py puts both together.
"""

from bench.web.previews import Previews
from bench.web.routes import closed_routes, share_routes

__all__ = ["Previews", "closed_routes", "share_routes"]
