"""The lab in a program or a notebook: `bench.run` measures, `bench.load` opens what was kept.

`bench.advise` recommends a way to run some work, and says whether that held.

>>> import bench
>>> found = bench.run("primes", executors=["processes"], workers=[2], precision="quick")
>>> found.to_frame()
"""

import os
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

from bench.asking.plans import draft
from bench.asking.reading import executors_of, workers_of
from bench.errors import Refused
from bench.guides.advising import Advised, advised, want
from bench.imports.formats import run_from_file
from bench.measure.host.known import known_interpreters
from bench.measure.own.work import function_work, own_work
from bench.measured import Measured
from bench.service.foreground import Watcher, measured
from bench.settings import settings
from bench.store import Store
from bench.watchers import watcher as usual_watcher
from bench.workloads import Workload, find_workload


def run(
    workload: str,
    items: str | None = None,
    *,
    executors: Sequence[str] | Mapping[str, Mapping[str, object]] = ("threads", "processes"),
    workers: Sequence[int] | None = None,
    parameters: Mapping[str, object] | None = None,
    preset: str | None = None,
    precision: str = "quick",
    rounds: int | None = None,
    budget_s: float | None = None,
    seed: int | None = None,
    interpreters: Sequence[str] = (),
    sweep: tuple[str, Sequence[object]] | None = None,
    ceiling: bool | None = None,
    save: bool = True,
    watcher: Watcher | None = None,
) -> Measured:
    """Measure a workload under executors, in child processes, and wait for the result.

    `workload` is a name that `python -m bench workloads` lists; or a function of one argument as
    `mine.py:resize`, with its `items` as `mine.py:photos`. `executors` are names, with options if
    need be (`processes:start_method=spawn`), or a mapping from names to options. Without `workers`
    they are powers of two up to the usable CPUs. Ctrl-C ends it with its finished rounds; with
    `save` it is kept, and the lab's pages show it, too. Raises Refused.
    """
    work = _work(workload, items)
    plan = draft(
        work.name,
        executors=executors if isinstance(executors, Mapping) else executors_of(executors),
        workers=workers_of(None, work.kind) if workers is None else workers,
        parameters=parameters,
        preset=preset,
        precision=precision,
        rounds=rounds,
        budget_s=budget_s,
        seed=seed,
        interpreters=interpreters,
        sweep=sweep,
        ceiling=ceiling,
    )
    here = settings()
    with Store(here) if save else nullcontext() as store:
        return Measured(measured(plan, here, store, watcher or usual_watcher(), known_interpreters))


def advise(
    workload: str,
    items: str | None = None,
    *,
    parameters: Mapping[str, object] | None = None,
    preset: str | None = None,
    interpreter: str = "",
    again: bool = False,
    check: bool = True,
    save: bool = True,
    watcher: Watcher | None = None,
) -> Advised:
    """Profile some work in a child process, recommend a way to run it, and check it by a quick run.

    `workload` and `items` are as for `bench.run`. `again`: the pool stays open and is used again,
    so that its start does not count. Printed, it is the report of the command line. Raises Refused.
    """
    work, here = _work(workload, items), settings()
    with Store(here) if save and check else nullcontext() as store:
        return advised(
            want(work, parameters, preset, interpreter),
            here,
            store,
            watcher or usual_watcher(),
            again=again,
            check=check,
            by_kind=items is None,
        )


def load(run: str | Path) -> Measured:
    """The kept run of that id; or the run in a file, which is opened and not kept.

    The file is one that `python -m bench import` takes, too; a text is its path if there is a dot
    or a separator of folders in it. Raises Refused.
    """
    own_work()  # the run may be of it
    if isinstance(run, Path) or "." in run or os.sep in run:
        return Measured(run_from_file(Path(run), settings().import_bytes))
    with Store(settings()) as store:
        found = store.runs.find(run, traces=True)
    if found is None:
        raise Refused("run", run, "the id of a kept run", "python -m bench runs lists them")
    return Measured(found)


def _work(name: str, items: str | None) -> Workload:
    if items is not None:
        return function_work(name, items)
    own_work()
    return find_workload(name)
