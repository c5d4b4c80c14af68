"""From work to advice that was checked: profiled, advised, measured; each in its own turn.

    work ──► profile ──► advice ──► quick run of its ways ──► did it hold?

For whoever waits for it: the command line, and `bench.advise` in a program.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bench.analysis.advice import Advice, Check, Gil, advice_of, checked
from bench.analysis.advice.gil import COMPUTES
from bench.analysis.results import Mode, results
from bench.asking.contenders import check_on
from bench.guides.rows import able_on, plan_to_check, recommended
from bench.measure.host.environment import environment
from bench.measure.host.known import Known, known_interpreters, usable_interpreter
from bench.plan import this_interpreter
from bench.profiles import Profile, Profiling, Wanted
from bench.samples import Run
from bench.service.foreground import Watcher, in_turn, measured
from bench.service.profile import profile
from bench.settings import Settings
from bench.store import Store
from bench.workloads import Kind, Workload, adopt, find_workload

# From this length on, in seconds, tasks are not called tiny.
TINY_S = 50e-6


@dataclass(frozen=True)
class Advised:
    """Work with its profile, and what follows from it; `advice` is None if there is no profile.

    `check` is None if there was none; `run` is what it rests on.
    """

    profiling: Profiling
    advice: Advice | None = None
    check: Check | None = None
    run: Run | None = None

    def __str__(self) -> str:
        from bench.exports.text_advice import advice_report  # which is made of this module

        return advice_report(self) if self.advice else self.profiling.error

    def as_json(self) -> dict[str, Any]:
        wanted, profile = self.profiling.wanted, self.profiling.profile
        return {
            "format": "speedup-lab-advice/1",
            **wanted.as_json(),
            "state": self.profiling.state,
            "error": self.profiling.error or None,
            "environment": dict(self.profiling.environment),
            "profile": profile.as_json() if profile else None,
            "advice": self.advice.as_json() if self.advice else None,
            "check": self.check.as_json() if self.check else None,
        }


def want(
    work: Workload,
    parameters: Mapping[str, object] | None = None,
    preset: str | None = None,
    interpreter: str = "",
    known: Known = known_interpreters,
) -> Wanted:
    """A checked request for a profile, on an interpreter by its name or on this one.

    Raises Refused.
    """
    host = usable_interpreter(interpreter or this_interpreter(), known)
    check_on(host, work, known)
    values = work.parameters(parameters or {}, preset)
    work.check(**values)
    return Wanted(work.name, values, host)


def advised(
    wanted: Wanted,
    here: Settings,
    store: Store | None,
    watcher: Watcher,
    known: Known = known_interpreters,
    *,
    again: bool = False,
    check: bool = True,
    by_kind: bool = True,
) -> Advised:
    """Profile work, say what to do, and hold that against a quick run, which is kept.

    If nobody said the work's kind (`by_kind` is False), it is what the profile shows. Ctrl-C ends
    it with what there is. Raises Refused.
    """
    profiling = _profiled(wanted, here, watcher, known)
    if profiling.profile is None:
        return Advised(profiling)
    work = find_workload(wanted.workload)
    advice = advice_of(profiling.profile, able_on(work, wanted.interpreter, known), again=again)
    if not by_kind:
        as_measured(work, profiling.profile, advice)
    found = Advised(profiling, advice)
    if not check or not advice.to_check:
        return found
    if profiling.profile.repeats is False:
        told = "It could not be checked: its answers do not repeat."
        return replace(found, check=Check("not checked", advice.chosen.name, told))
    return held_against(found, here, store, watcher, known)


def held_against(
    found: Advised,
    here: Settings,
    store: Store | None,
    watcher: Watcher,
    known: Known = known_interpreters,
    *,
    precision: str = "quick",
    budget_s: float | None = None,
    seed: int | None = None,
) -> Advised:
    """The advice, held against a run of its ways."""
    assert found.advice
    plan = plan_to_check(
        found.advice,
        found.profiling.wanted,
        precision=precision,
        budget_s=budget_s,
        seed=seed,
        known=known,
    )
    run = measured(plan, here, store, watcher, known)
    mode: Mode = "warm" if found.advice.again else "cold"
    said = checked(recommended(found.advice, plan), run, results(run), mode)
    return replace(found, check=said, run=run)


def _profiled(wanted: Wanted, here: Settings, watcher: Watcher, known: Known) -> Profiling:
    stamp = environment([wanted.interpreter], known)
    asked = Profiling("unsaved", wanted, "running", time.time(), stamp, started=time.time())
    with in_turn(here, f"python -m bench advise {wanted.workload}", watcher.waits) as told:
        if told is None:
            return replace(asked, state="stopped", ended=time.time())
        ended = profile(asked, stopping=told, most_bytes=here.trial_bytes, known=known)
    return replace(ended, ended=time.time())


def as_measured(work: Workload, profile: Profile, advice: Advice) -> None:
    """Let work that nobody said the kind of be of the kind that its profile shows."""
    adopt([replace(work, kind=kind_of(profile, advice.gil))])


def kind_of(profile: Profile, gil: Gil) -> Kind:
    """The kind of work that a profile shows."""
    if profile.stages:
        return "mixed"
    if profile.busy < COMPUTES:
        return "io"
    if profile.task_s < TINY_S:
        return "tiny"
    return "native" if gil.stand == "lets it go" else "cpu"
