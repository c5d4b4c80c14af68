"""The example: a run that was really made, for those who have not run anything yet.

It comes with the lab as a file. It is in no database, so it is neither listed nor counted, and
nobody can change it. On a machine that has nothing else to do, a new one is made by

    python -m bench run primes --executor threads --executor processes --executor ceiling \
        --workers 1,2 --out bench/guides/example.json
"""

from dataclasses import replace
from functools import cache
from pathlib import Path

from bench.imports.formats import run_from_file
from bench.samples import Run

# What an address calls it; the id of a run that is kept is longer.
EXAMPLE = "example"

_FILE = Path(__file__).with_name("example.json")


@cache
def example() -> Run:
    """The example, with its traces, as it was measured: it is the lab's own and not imported."""
    return replace(run_from_file(_FILE, _FILE.stat().st_size), id=EXAMPLE, imported=None)
