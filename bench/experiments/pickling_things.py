"""Things to send to a worker, and the program that sends them to one kind of worker.

Each is sent, or made by the worker and sent back, or raised there. Of what is not let through it is
told with which error, where that came up, and whether the pool could still be used.
"""

import importlib
import multiprocessing
import os
import re
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.experiments.programs import tell

if sys.version_info >= (3, 14):
    from concurrent.futures import InterpreterPoolExecutor

START_METHODS = ("fork", "spawn", "forkserver")
WAYS = (*START_METHODS, "loky", "interpreters")

# The start of a message says what is wrong; so many characters of it are kept.
MOST = 300


def double(number: int) -> int:
    return 2 * number


def send_a_lambda(pool: Executor) -> Future[int]:
    return pool.submit(lambda number: 2 * number, 21)


def send_a_function(pool: Executor) -> Future[int]:
    return pool.submit(double, 21)


def send_a_closure(pool: Executor) -> Future[int]:
    factor = 2

    def times_factor(number: int) -> int:
        return factor * number

    return pool.submit(times_factor, 21)


def send_a_file(pool: Executor) -> Future[str]:
    file = Path(os.devnull).open()  # noqa: SIM115  it is open while it is sent
    return pool.submit(name_of, file)


in_a_module = lambda number: 2 * number  # noqa: E731  this is what is shown


class Basket:
    """Something with a method."""

    def __init__(self) -> None:
        self.apples = 20

    def with_one_more(self) -> int:
        return self.apples + 1


class OutOfStock(Exception):
    def __init__(self, item: str, left: int) -> None:
        # On the other side it is rebuilt from what is handed on here.
        super().__init__(f"{left} of {item} left")
        self.item, self.left = item, left


class SoldOut(Exception):
    def __init__(self, item: str, left: int) -> None:
        super().__init__(item, left)
        self.item, self.left = item, left

    def __str__(self) -> str:
        return f"{self.left} of {self.item} left"


def name_of(thing: object) -> str:
    """What a worker says of what it was sent."""
    return type(thing).__name__


def make_a_lock() -> object:
    return threading.Lock()


def count_to_three() -> Iterator[int]:
    yield from (1, 2, 3)


def sell_carelessly() -> None:
    raise OutOfStock("tea", 0)


def sell() -> None:
    raise SoldOut("tea", 0)


@dataclass(frozen=True)
class Thing:
    """What is sent, and how; and what of it is to be raised by the worker."""

    title: str
    send: Callable[[Executor], Future[Any]]
    raises: tuple[type[Exception], ...] = ()


THINGS: Mapping[str, Thing] = {
    "function": Thing("function of a module", send_a_function),
    "method": Thing("bound method", lambda pool: pool.submit(Basket().with_one_more)),
    "lambda": Thing("lambda", send_a_lambda),
    "module_lambda": Thing("lambda of a module", lambda pool: pool.submit(in_a_module, 21)),
    "closure": Thing("closure", send_a_closure),
    "generator": Thing("generator", lambda pool: pool.submit(sum, (n for n in (1, 2, 3)))),
    "generator_back": Thing("generator returned", lambda pool: pool.submit(count_to_three)),
    "lock": Thing("lock", lambda pool: pool.submit(name_of, threading.Lock())),
    "lock_back": Thing("lock returned", lambda pool: pool.submit(make_a_lock)),
    "process_lock": Thing(
        "multiprocessing.Lock", lambda pool: pool.submit(name_of, multiprocessing.Lock())
    ),
    "file": Thing("open file", send_a_file),
    "exception": Thing("SoldOut raised", lambda pool: pool.submit(sell), raises=(SoldOut,)),
    "careless_sent": Thing(
        "OutOfStock sent", lambda pool: pool.submit(name_of, OutOfStock("tea", 0))
    ),
    "careless": Thing(
        "OutOfStock raised", lambda pool: pool.submit(sell_carelessly), raises=(OutOfStock,)
    ),
}


def send_all(way: str, *names: str) -> None:
    """Send these things to a worker of that kind, and tell what came of each."""
    if way in START_METHODS:
        multiprocessing.set_start_method(way)
    pool = opened(way)
    for name in names:
        told = sent(THINGS[name], pool)
        tell(thing=name, **told)
        if told["pool"] == "broken":
            pool.shutdown()
            pool = opened(way)
    pool.shutdown()


def opened(way: str) -> Executor:
    """A pool with one worker of that kind."""
    if way in START_METHODS:
        return ProcessPoolExecutor(1)
    if sys.version_info >= (3, 14) and way == "interpreters":
        return InterpreterPoolExecutor(1)
    pool: Executor = importlib.import_module(way).ProcessPoolExecutor(1)
    return pool


def sent(thing: Thing, pool: Executor) -> dict[str, Any]:
    """What came of sending a thing: what arrived, or the error, where, and the pool's state."""
    where = "submit()"
    try:
        future = thing.send(pool)
        where = "result()"
        arrived = str(future.result())
    except thing.raises as error:
        arrived = str(error)
    except Exception as error:  # noqa: BLE001  whichever it is, is what is asked
        return {
            "arrived": None,
            "error": type(error).__name__,
            "message": str(error).strip()[:MOST],
            "cause": cause_of(error),
            "where": where,
            "pool": "usable" if usable(pool) else "broken",
        }
    return {"arrived": arrived[:MOST], "pool": "usable"}


def cause_of(error: BaseException) -> str:
    """What an error came from, as its traceback ends; empty if that is the error itself."""
    if error.__cause__ is None:
        return ""
    # What comes from another process is the text of its traceback, with notes and quotation marks.
    lines = "".join(traceback.format_exception_only(error.__cause__)).split("\n")
    told = [line for line in lines if re.match(r"[\w.]+: .", line)]
    return told[-1][:MOST] if told and str(error) not in told[-1] else ""


def usable(pool: Executor) -> bool:
    """Whether a pool still does what it is asked."""
    try:
        return pool.submit(double, 21).result() == 42
    except BrokenExecutor:
        return False
