"""Tries what nobody should: `abuse.py URL ATTEMPTS`, until all attempts were answered.

Several at once: sessions that say their widgets hold what no page offers, and press Run; sessions
that press Run again and again; files that no page asked for, and frames that are noise. Prints in
JSON how many attempts of each kind there were.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import requests

from tests.browser.forged import FORGED, click
from tests.browser.talking import ids, talk

# So many of each kind at once; how many attempts a session makes; the bytes of a file.
AT_ONCE, A_SESSION = 4, 50
FILE = 3_000_000


def forge(url: str, _: int) -> str:
    with talk(url) as session:
        for key, state in FORGED.items():
            found = ids(session.run("lab"))
            session.run("lab", "", state(found[key]), click(found["run"]))
    return "forged plans"


def press(url: str, count: int) -> str:
    with talk(url) as session:
        run = ids(session.run("lab"))["run"]
        for _ in range(count):
            session.run("lab", "", click(run))
    return "starts"


def upload(url: str, number: int) -> str:
    address = f"{url}/_stcore/upload_file/nobody/{number}"
    requests.put(address, files={"file": b"x" * FILE}, timeout=60)
    with talk(url) as session:
        session.send(os.urandom(1_000))
        session.closed()
    return "files and frames"


def tried(url: str, attempts: int) -> Counter[str]:
    """All attempts: as many starts as that, and a tenth of them of either other kind."""
    kinds: dict[Callable[[str, int], str], list[int]] = {
        forge: [1] * max(1, attempts // 10 // len(FORGED)),
        press: [A_SESSION] * max(1, attempts // A_SESSION),
        upload: list(range(max(1, attempts // 10))),
    }
    counts = {"forged plans": len(FORGED), "starts": A_SESSION, "files and frames": 1}
    made: Counter[str] = Counter()
    with ThreadPoolExecutor(AT_ONCE * len(kinds)) as pool:
        begun = [pool.submit(kind, url, each) for kind, all_ in kinds.items() for each in all_]
        for one in begun:
            made[one.result()] += counts[one.result()]
    return made


if __name__ == "__main__":
    os.nice(19)
    sys.stdout.write(json.dumps(tried(sys.argv[1], int(sys.argv[2]))) + "\n")
