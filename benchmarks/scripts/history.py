"""Times the history's page in a process of its own: `history.py FOLDER REQUEST` prints the seconds.

The database in the folder is full already; the request, in JSON, is what to open and how often.
"""

import json
import os
import sys
import time
from typing import TYPE_CHECKING

from bench.measure.processes.running import ROOT

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

SITE = ROOT / "pages" / "site.py"


def main(data: str, request: str) -> None:
    os.environ["BENCH_DATA"] = data
    asked = json.loads(request)
    sys.stdout.write(json.dumps({"seconds": timed(asked["query"], asked["times"])}) + "\n")


def timed(query: dict[str, str], times: int) -> list[float]:
    """The seconds of so many openings of the page with these query parameters."""
    test = opened(query)  # imports, and what is made once
    found = []
    for _ in range(times):
        began = time.perf_counter()
        test.run()
        found.append(time.perf_counter() - began)
        rows = test.get("page_link")
        if test.exception or len(rows) < 2:
            raise ValueError("the page shows no runs")
    return found


def opened(query: dict[str, str]) -> "AppTest":
    from streamlit.testing.v1 import AppTest

    test = AppTest.from_file(str(SITE), default_timeout=60)
    test.run()
    test.switch_page(str(SITE.parent / "history.py"))
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
