"""The stand-alone scripts that the lab offers, as sides of a comparison."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.plan import Contender, Plan
from bench.scripts import script, script_name
from bench.scripts.writing import ROUNDS
from benchmarks.session import Session

# Seconds one after another, with the pool open, with its start and stop, too; and the speedup.
Times = dict[str, float]


def by_script(
    session: Session, plan: Plan, contender: Contender, *, rounds: str = ROUNDS
) -> Callable[[], Times]:
    """A side that runs a contender's script; `rounds` is the line that says how many it makes."""
    text = script(plan, contender)
    if ROUNDS not in text:
        raise ValueError(f"{script_name(plan, contender)} does not say how many rounds it makes")
    file = Path(session.reaper.folder) / script_name(plan, contender)
    file.write_text(text.replace(ROUNDS, rounds), encoding="utf-8")
    return partial(_times, session, str(file), contender.name)


def _times(session: Session, file: str, contender: str) -> Times:
    lines = session.said(file).decode().splitlines()
    told = {name: figure.split()[0] for name, _, figure in (line.partition("  ") for line in lines)}
    names = {
        "sequential": "sequential",
        "warm": contender,
        "cold": "with start-up",
        "speedup": "speedup",
    }
    return {ours: float(told[theirs]) for ours, theirs in names.items()}
