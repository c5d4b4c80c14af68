"""The decision table: what textbooks advise for a kind of task, and what is true of it.

The reasons rest on what interpreters do; the lab measures each row's work on the reader's machine
and says whether that agrees.
"""

from collections.abc import Mapping

from bench.analysis.advice.rows import Choice, Row
from bench.analysis.advice.situation import (
    ALWAYS,
    ASYNCHRONOUS,
    HEAVY,
    NO_GIL,
    ONE_CPU,
    SUBINTERPRETERS,
    TOO_SHORT,
)

_ONE_CPU = Choice(
    "sequential",
    ONE_CPU,
    "What computes cannot gain from workers that share one CPU; starting them only costs.",
)
_TOO_SHORT = Choice(
    "sequential",
    TOO_SHORT,
    "The work is done before a pool of processes has started.",
)
_THREADS_WITHOUT_GIL = Choice(
    "threads",
    NO_GIL,
    "Without the GIL threads compute on all CPUs; they start fast, and nothing is copied to them.",
)
_SUBINTERPRETERS = Choice(
    "interpreters",
    SUBINTERPRETERS,
    "Each sub-interpreter has a GIL of its own, in one process.",
    "further processes are not wanted: sub-interpreters have a GIL each within one process",
)

_ROWS = (
    Row(
        "api-calls",
        "API calls and scraping",
        ("asyncio", "threads"),
        "asyncio or a pool of threads",
        (
            Choice(
                "asyncio",
                ASYNCHRONOUS,
                "One event loop waits for all requests in one thread, at the least cost for each.",
                "there is an asynchronous client, or thousands of requests wait at once",
            ),
            Choice(
                "threads",
                ALWAYS,
                "Waiting for an answer lets the GIL go, so the other requests go on meanwhile; a "
                "client that is not asynchronous stays as it is.",
                "the client is not asynchronous, and some hundred requests at once are enough",
            ),
            Choice(
                "sequential",
                ALWAYS,
                "Nothing is to be started.",
                "there are a few requests only, and the server answers at once",
            ),
        ),
        "pages",
        {"count": 32, "delay": 0.02, "size": 20_000},
        workers=16,
    ),
    Row(
        "files",
        "Reading and writing files",
        ("threads",),
        "a pool of threads",
        (
            Choice(
                "threads",
                ALWAYS,
                "Each call to the system lets the GIL go, which pays where the disk or a network "
                "makes it wait.",
                "the files lie on a slow disk or a network",
            ),
            Choice(
                "sequential",
                ALWAYS,
                "Nothing is waited for.",
                "the system holds the files in memory, as it does with those just written: little "
                "is waited for then, and taking the GIL again and again costs more",
            ),
        ),
        "files",
        {"count": 500, "size": 65_536},
        workers=4,
    ),
    Row(
        "images",
        "Image processing",
        ("processes",),
        "a pool of processes",
        (
            _ONE_CPU,
            Choice(
                "threads",
                ALWAYS,
                "Pillow lets the GIL go while it resizes, blurs or turns: threads compute at once "
                "and share the pictures, where processes would have them copied.",
                "the operation lets the GIL go",
            ),
            Choice(
                "processes",
                ALWAYS,
                "Each process has a GIL of its own.",
                "the operation keeps the GIL: writing JPEG, or a loop over pixels in Python",
            ),
        ),
        "images",
        {"count": 16, "width": 800},
    ),
    Row(
        "learning",
        "Machine learning",
        ("processes",),
        "a pool of processes",
        (
            _ONE_CPU,
            Choice(
                "threads",
                ALWAYS,
                "Steps on large arrays run in C code that lets the GIL go; threads share the data.",
                "the steps work on large arrays",
            ),
            Choice(
                "processes",
                ALWAYS,
                "Each process has a GIL of its own.",
                "the steps are written in Python, or use a library that keeps the GIL",
            ),
        ),
        "kmeans",
        {"chunks": 32, "points": 20_000, "clusters": 16},
    ),
    Row(
        "pure-python",
        "Number crunching in pure Python",
        ("processes",),
        "a pool of processes",
        (
            _ONE_CPU,
            _TOO_SHORT,
            _THREADS_WITHOUT_GIL,
            Choice(
                "processes",
                ALWAYS,
                "Python code keeps the GIL while it computes; each process has one of its own.",
                "a crash, or memory that is never given back, must not reach the others",
            ),
            _SUBINTERPRETERS,
            Choice(
                "threads",
                ALWAYS,
                "Threads start fast and share all data.",
                "the Python has no GIL: with one, threads only take turns",
            ),
        ),
        "primes",
        {"limit": 200_000},
    ),
    Row(
        "numpy",
        "Number crunching in NumPy",
        ("sequential",),
        "nothing: NumPy is already parallel",
        (
            _ONE_CPU,
            Choice(
                "threads",
                ALWAYS,
                "One call uses one CPU, save for linear algebra, and lets the GIL go meanwhile: "
                "threads run several calls at once on arrays that they share.",
                "the arrays are large and the calls are not linear algebra",
            ),
            Choice(
                "sequential",
                ALWAYS,
                "NumPy's own library uses all CPUs.",
                "most of it is matrix products, whose library uses all CPUs by itself, or the "
                "arrays have fewer than some thousand elements",
            ),
        ),
        "ufunc",
        {"count": 100, "size": 100_000, "loops": 10},
    ),
    Row(
        "server",
        "A server with thousands of connections",
        ("asyncio",),
        "asyncio",
        (
            Choice(
                "asyncio",
                ASYNCHRONOUS,
                "A coroutine that waits costs some kilobytes and no switch of threads; which "
                "asynchronous library it is counts for more than anything else.",
                "there is an asynchronous library for what it does",
            ),
            Choice(
                "threads",
                ALWAYS,
                "A thousand threads that wait are possible: they cost memory and switches, and "
                "nothing has to be rewritten.",
                "the library is not asynchronous, and there are a thousand at most",
            ),
            Choice(
                "sequential",
                ALWAYS,
                "Nothing is to be started.",
                "hardly anybody ever comes at the same time",
            ),
        ),
        "connections",
        {"count": 200, "delay": 0.01},
        workers=100,
    ),
    Row(
        "mixed",
        "Waiting and computing mixed",
        ("hybrid",),
        "threads that wait, then processes that compute",
        (
            _THREADS_WITHOUT_GIL,
            Choice(
                "hybrid",
                HEAVY,
                "Threads overlap the waiting and processes share the computing, which is enough "
                "to be worth the way there.",
                "computing takes much longer than waiting: processes share it",
            ),
            Choice(
                "threads",
                ALWAYS,
                "Most of the time is waiting, which threads overlap; to send what came to other "
                "processes would cost more than they gain.",
                "there is little to compute for each answer",
            ),
            Choice(
                "hybrid",
                ALWAYS,
                "Processes share the computing.",
                "computing takes longer than waiting: processes share it",
            ),
        ),
        "scrape",
        {"count": 8, "delay": 0.05, "size": 500_000},
        workers=8,
    ),
    Row(
        "simple",
        "Simple parallel tasks",
        ("threads", "processes"),
        "concurrent.futures",
        (
            _ONE_CPU,
            _TOO_SHORT,
            _THREADS_WITHOUT_GIL,
            Choice(
                "processes",
                ALWAYS,
                "The tasks compute; handed over in chunks, even short ones are worth the way.",
                "there are many tasks, and they are handed over in chunks",
            ),
            Choice(
                "sequential",
                ALWAYS,
                "Nothing is to be started or handed over.",
                "all of it takes less than a tenth of a second, and the pool is used only once",
            ),
        ),
        "spin",
        {"count": 1_000, "length": 100.0, "payload": 0},
    ),
    Row(
        "shared-state",
        "Tasks that share state",
        ("processes",),
        "processes with a Manager or a Queue",
        (
            _ONE_CPU,
            _THREADS_WITHOUT_GIL,
            Choice(
                "processes",
                ALWAYS,
                "Best share nothing: each task gets what it needs and gives its part back, and the "
                "parts are put together where they come back.",
                "the parts can be put together at the end",
            ),
            Choice(
                "threads",
                ALWAYS,
                "Threads see the same objects; each change needs a lock around it.",
                "all must see each change at once: threads, with a lock around it",
            ),
        ),
        "words",
        {"count": 32, "length": 20_000},
        note="A Manager is no lock: what is read and written back in two steps loses updates, and "
        "each step takes some ten microseconds.",
    ),
)

ROWS: Mapping[str, Row] = {row.name: row for row in _ROWS}
