"""What no pool does by itself: threads, coroutines and processes that are driven by hand."""

from bench.scripts.way import GET_CONTEXT, SEQUENCE, Job, Way

THREADS = '''
def work(todo: SimpleQueue, done: SimpleQueue) -> None:
    """A thread: parts of the items, one after another, until there is None."""
    while job := todo.get():
        start, part = job
        try:
            done.put((start, [{task}(item) for item in part]))
        except Exception as error:
            done.put((start, error))


@contextmanager
def started() -> Iterator[Callable]:
    """A map over threads that take what is to be done from a queue."""
    todo, done = SimpleQueue(), SimpleQueue()

    def mapped(items: Sequence) -> list:
        starts = range(0, len(items), CHUNK)
        for start in starts:
            todo.put((start, items[start : start + CHUNK]))
        results = [None] * len(items)
        for _ in starts:
            start, part = done.get()
            if isinstance(part, Exception):
                raise part
            results[start : start + CHUNK] = part
        return results

    threads = [Thread(target=work, args=(todo, done)) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    try:
        yield mapped
    finally:
        for _ in threads:
            todo.put(None)
        for thread in threads:
            thread.join()
'''


def bare_threads(job: Job) -> Way:
    return Way(
        ("started() as mapped",),
        "mapped(items)",
        (
            "from collections.abc import Callable, Iterator, Sequence",
            "from contextlib import contextmanager",
            "from queue import SimpleQueue",
            "from threading import Thread",
        ),
        (job.chunk_line,),
        code=THREADS.format(task=job.task),
    )


PROCESSES = '''
def work(line: Connection) -> None:
    """A process: its share of the items, which it has beforehand, at each word to go."""
    share = line.recv()
    line.send("ready")
    while line.recv() == "go":
        line.send([{task}(item) for item in share])


@contextmanager
def started(items: Sequence) -> Iterator[Callable]:
    """A map over processes that share nothing and have their items dealt to them beforehand."""
    context = get_context(START_METHOD)
    lines, processes = [], []
    for first in range(WORKERS):
        line, far_end = context.Pipe()
        processes.append(context.Process(target=work, args=(far_end,), daemon=True))
        processes[-1].start()
        far_end.close()
        line.send(items[first::WORKERS])
        lines.append(line)
    for line in lines:
        line.recv()

    def mapped() -> list:
        for line in lines:
            line.send("go")
        results = [None] * len(items)
        for first, line in enumerate(lines):
            results[first::WORKERS] = line.recv()
        return results

    yield mapped
    for line, process in zip(lines, processes, strict=True):
        line.send("stop")
        process.join()
'''


def ceiling(job: Job) -> Way:
    return Way(
        ("started(items) as mapped",),
        "mapped()",
        (
            "from collections.abc import Callable, Iterator, Sequence",
            "from contextlib import contextmanager",
            "from multiprocessing.connection import Connection",
            GET_CONTEXT,
        ),
        (job.start_method,),
        code=PROCESSES.format(task=job.task),
    )


COROUTINES = '''
async def gathered(items: Sequence) -> list:
    """All results, with as many tasks under way at a time as there are workers."""
    results = [None] * len(items)
    todo = iter(enumerate(items))

    async def worker() -> None:
        for place, item in todo:
            results[place] = {awaited}

    await asyncio.gather(*(worker() for _ in range(WORKERS)))
    return results
'''

# Its task is no coroutine.
BLOCKING = "{task}(item)  # no coroutine: while it runs, nothing else does"


def coroutines(job: Job) -> Way:
    uvloop = job.contender.options["loop"] == "uvloop"
    atask = job.recipe.atask
    awaited = f"await {atask}(item)" if atask else BLOCKING.format(task=job.task)
    return Way(
        (f"asyncio.Runner({'loop_factory=uvloop.new_event_loop' if uvloop else ''}) as runner",),
        "runner.run(gathered(items))",
        ("import asyncio", SEQUENCE, *(["import uvloop"] if uvloop else [])),
        code=COROUTINES.format(awaited=awaited),
        wanted=((job.recipe.module, atask),) if atask else (),
    )


STREAMED = '''
def streamed(threads: Executor, processes: Executor, items: Sequence) -> list:
    """What a thread has waited for goes to a process at once."""

    def through(item: object) -> Future:
        return processes.submit({compute}, {wait}(item))

    return [future.result() for future in threads.map(through, items)]
'''


def hybrid(job: Job) -> Way:
    assert job.recipe.stages
    wait, compute = job.recipe.stages
    streamed = job.contender.options["mode"] == "streamed"
    names = ["ProcessPoolExecutor", "ThreadPoolExecutor"]
    if streamed:
        names += ["Executor", "Future"]
    return Way(
        (
            "ProcessPoolExecutor(PROCESSES, mp_context=get_context(START_METHOD)) as processes",
            "ThreadPoolExecutor(WORKERS) as threads",
        ),
        "streamed(threads, processes, items)"
        if streamed
        else f"list(processes.map({compute}, list(threads.map({wait}, items))))",
        (
            *(f"from concurrent.futures import {name}" for name in names),
            GET_CONTEXT,
            "import os",
            *([SEQUENCE] if streamed else []),
        ),
        (f"PROCESSES = {job.contender.options['processes']:_}", job.start_method),
        ready=("processes.submit(os.getpid).result()  # started now, before there are threads",),
        code=STREAMED.format(wait=wait, compute=compute) if streamed else "",
    )
