"""Asks for addresses again and again: `shares.py URL PATHS COUNT AT_ONCE`, paths in JSON.

Prints in JSON how long each answer took, how often which code came, and how many were errors.
"""

import asyncio
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence

import aiohttp

FINE = (200, 304)

PATIENCE = aiohttp.ClientTimeout(total=60)


async def asked(url: str, paths: Sequence[str], count: int, at_once: int) -> Mapping[str, object]:
    """What so many requests were answered with, the paths in turn."""
    codes: Counter[str] = Counter()
    waits: list[float] = []
    waiting = iter(range(count))

    async def reader(session: aiohttp.ClientSession) -> None:
        for number in waiting:
            began = time.perf_counter()
            try:
                async with session.get(url + paths[number % len(paths)]) as answer:
                    await answer.read()
                    codes[str(answer.status)] += 1
            except (aiohttp.ClientError, TimeoutError) as error:
                codes[type(error).__name__] += 1
            waits.append(time.perf_counter() - began)

    began = time.perf_counter()
    limit = aiohttp.TCPConnector(limit=at_once)
    async with aiohttp.ClientSession(connector=limit, timeout=PATIENCE) as session:
        await asyncio.gather(*(reader(session) for _ in range(at_once)))
    seconds = time.perf_counter() - began
    errors = count - sum(codes[str(code)] for code in FINE)
    return {"codes": codes, "errors": errors, "waits": waits, "seconds": seconds}


if __name__ == "__main__":
    os.nice(19)
    url, paths, count, at_once = sys.argv[1:]
    told = asyncio.run(asked(url, json.loads(paths), int(count), int(at_once)))
    sys.stdout.write(json.dumps(told) + "\n")
