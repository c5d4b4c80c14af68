"""Download pages one after another and at once: `pages.py WAY WORKERS COUNT DELAY SIZE SERVER`."""

import hashlib
import json
import sys
import threading
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from time import perf_counter

import requests

of_thread = threading.local()


def download(url: str) -> str:
    if not hasattr(of_thread, "session"):
        of_thread.session = requests.Session()
        of_thread.session.trust_env = False  # no proxy stands before this machine's own server
    answer = of_thread.session.get(url, timeout=60)
    answer.raise_for_status()
    return hashlib.sha256(answer.content).hexdigest()


def opened(way: str, workers: int) -> Executor:
    return ThreadPoolExecutor(workers) if way == "threads" else ProcessPoolExecutor(workers)


def main(way: str, workers: int, count: int, delay: float, size: int, server: str) -> None:
    urls = [f"{server}/page/{number}?delay={delay}&size={size}" for number in range(count)]

    began = perf_counter()
    alone = list(map(download, urls))
    sequential = perf_counter() - began

    began = perf_counter()
    with opened(way, workers) as pool:
        together = list(pool.map(download, urls))
        first = perf_counter()
        list(pool.map(download, urls))
        warm = perf_counter() - first
    cold = perf_counter() - began - warm

    assert alone == together
    times = {"sequential": sequential, "cold": cold, "warm": warm, "speedup": sequential / warm}
    sys.stdout.write(json.dumps(times))


if __name__ == "__main__":
    way, workers, count, delay, size, server = sys.argv[1:]
    main(way, int(workers), int(count), float(delay), int(size), server)
