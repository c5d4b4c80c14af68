"""Pools of libraries, driven as their documentation has it."""

from dataclasses import replace

from bench.scripts.way import GET_CONTEXT, SEQUENCE, Job, Way, in_parts


def threads(job: Job) -> Way:
    opened = "ThreadPoolExecutor(WORKERS) as pool"
    module = "from concurrent.futures import ThreadPoolExecutor"
    if job.chunk > 1:
        return in_parts(job, opened, module)
    return Way((opened,), f"list(pool.map({job.task}, items))", (module,))


def interpreters(job: Job) -> Way:
    opened = "InterpreterPoolExecutor(WORKERS) as pool"
    module = "from concurrent.futures import InterpreterPoolExecutor"
    return in_parts(job, opened, module)


def processes(job: Job) -> Way:
    module = "from concurrent.futures import ProcessPoolExecutor"
    way = Way(
        ("ProcessPoolExecutor(WORKERS, mp_context=get_context(START_METHOD)) as pool",),
        f"list(pool.map({job.task}, items, chunksize=CHUNK))",
        (module, GET_CONTEXT),
        (job.start_method, job.chunk_line),
    )
    if tasks := job.contender.options["tasks_a_child"]:
        return _replaced(way, f"{tasks:_}")
    return way


def _replaced(way: Way, tasks: str) -> Way:
    """The same with processes that are replaced after so many handed-over tasks."""
    return replace(
        way,
        opened=(
            "ProcessPoolExecutor(WORKERS, mp_context=context, max_tasks_per_child=TASKS) as pool",
        ),
        constants=(*way.constants, f"TASKS = {tasks}  # a process is replaced after so many"),
        before=("context = get_context(START_METHOD)",),
        ready=("keep_replacing(pool)",),
        wanted=(("bench.executors.processes", "keep_replacing"),),
    )


IN_ORDER = '''
def placed(job: tuple) -> tuple:
    """A result with its place, as results come in any order."""
    place, item = job
    return place, {task}(item)


def in_order(pool: Pool, items: Sequence) -> list:
    """The results, each at its item's place."""
    results = [None] * len(items)
    for place, result in pool.imap_unordered(placed, enumerate(items), CHUNK):
        results[place] = result
    return results
'''


def pool(job: Job) -> Way:
    unordered = job.contender.options["method"] == "imap_unordered"
    run = {
        "map": f"pool.map({job.task}, items, CHUNK)",
        "imap": f"list(pool.imap({job.task}, items, CHUNK))",
        "imap_unordered": "in_order(pool, items)",
    }
    return Way(
        ("get_context(START_METHOD).Pool(WORKERS) as pool",),
        run[str(job.contender.options["method"])],
        (GET_CONTEXT, *(("from multiprocessing.pool import Pool", SEQUENCE) if unordered else ())),
        (job.start_method, job.chunk_line),
        closing=("pool.close()", "pool.join()"),
        code=IN_ORDER.format(task=job.task) if unordered else "",
    )


def loky(job: Job) -> Way:
    # A cache is sent by its name: processes that have this file's names find it.
    named = ', context="loky_init_main"' if job.cached else ""
    return Way(
        (f"get_reusable_executor(WORKERS, timeout=None{named}) as pool",),
        f"list(pool.map({job.task}, items, chunksize=CHUNK))",
        ("from loky import get_reusable_executor",),
        (job.chunk_line,),
    )


MAPPED = '''
def mapped(client: Client, parts: Sequence) -> list:
    """The results of all parts; Dask would take those of a pure function from the last pass."""
    futures = client.map(each, parts, pure=False)
    return list(chain.from_iterable(client.gather(futures)))
'''


def dask(job: Job) -> Way:
    # Without an address of its own, its dashboard would take the one port 8787.
    opened = 'Client(n_workers=WORKERS, threads_per_worker=1, dashboard_address=":0") as client'
    way = in_parts(job, opened, "from distributed import Client")
    return replace(way, run="mapped(client, parts)", code=f"{way.code}\n{MAPPED}")
