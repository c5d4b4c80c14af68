"""Programs that are started and waited for, and downloads that are looked into."""

import hashlib
import subprocess
import sys
import urllib.request

import bench


def program(number: int) -> str:
    """What a small program of its own says."""
    code = f"import time; time.sleep(0.02); print({number} ** 2)"
    told = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], capture_output=True, check=True, text=True
    )
    return told.stdout.strip()


numbers = list(range(16))


def digest(url: str) -> str:
    """A page, and its words hashed one by one: it waits for a while, then it computes."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url) as answer:
        words = answer.read().split()
    found = hashlib.sha256()
    for word in words:
        found.update(word)
    return found.hexdigest()


@bench.workload("mixed")
def digests(*, server: str) -> "bench.Work[str, str]":
    """Pages of the lab's own server, downloaded with urllib and hashed"""
    return bench.Work(digest, [f"{server}/page/{n}?delay=0.03&size=60000" for n in range(24)])
