"""Is the history fast with 10,000 runs, and is its database small?

Made-up runs, each with the samples of six contenders in five rounds, a whole environment and a
summary, but without traces. A page is what a visitor waits for in the server: its rows are read,
and drawn by Streamlit's own script runner, which is all but the network and the browser.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import fmean
from typing import Any

from bench.analysis.intervals import geometric
from bench.analysis.summary import summary_of
from bench.drafting import draft
from bench.measure.environment import environment
from bench.plan import Plan
from bench.samples import Run, Sample
from bench.settings import settings
from bench.store import Store
from bench.store.wanted import Wanted
from benchmarks.rows import Bound, Row
from benchmarks.session import Session

RUNS, ROUNDS, A_PAGE = 10_000, 5, 20

# The lab's own rules, in seconds and in megabytes.
WAIT, SIZE = Bound(high=0.3), Bound(high=100.0)

WORKLOADS = ("primes", "json", "sha256", "pages")
TIMES = 15
