"""Pickling: what can be sent to a worker, and what becomes of a pool when it cannot."""

import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from bench.executors import find_executor
from bench.experiments import Event, Facts, Judgement, Steps, experiment
from bench.experiments.pickling_things import (
    START_METHODS,
    THINGS,
    WAYS,
    OutOfStock,
    SoldOut,
    send_a_function,
    send_a_lambda,
)
from bench.experiments.picture import Picture
from bench.experiments.programs import run_program
from bench.forms import OneOf

SOURCE = (
    "import sys; from bench.experiments.pickling_things import send_all; send_all(*sys.argv[1:])"
)

# How long all things together may take with one kind of worker, in seconds.
LIMIT = 12.0

# What is done where pickle, which sends a function by its name, has none to send.
BY_VALUE = {
    "loky": "loky sends the code of a function without a name",
    "interpreters": "a sub-interpreter is handed the code of one that uses nothing around it",
}

Cell = Mapping[str, Any]


def missing(way: str) -> str | None:
    """Why there are no workers of that kind here, in one sentence; None if there are."""
    if way not in START_METHODS:
        return find_executor(way).missing()
    if way not in multiprocessing.get_all_start_methods():
        return f"This system has no {way}."
    return find_executor("processes").missing()


def cells_of(way: str) -> Iterator[tuple[str, Cell]]:
    """What comes of each thing that is sent to workers of that kind.

    What hangs, or ends the program, is not waited for twice: the rest is sent by another program.
    """
    left = list(THINGS)
    while left:
        ended = run_program(SOURCE, way, *left, seconds=LIMIT)
        for told in ended.told:
            yield left.pop(0), {name: value for name, value in told.items() if name != "thing"}
        if left:
            last = ended.err.strip().rpartition("\n")[2]
            state = {"error": "", "message": last, "cause": "", "where": ""}
            yield left.pop(0), {"arrived": None, **state, "pool": "dead" if ended.code else "hung"}


def outcome(cell: Cell) -> str:
    """What came of it, in a few words."""
    if cell["arrived"] is not None:
        return "arrived"
    if cell["pool"] == "broken":
        return "pool broken"
    return str(cell["error"] or cell["pool"])


def judge(facts: Facts) -> Judgement:
    """Whether no kind of worker took the lambda."""
    from bench.analysis.words import joined

    cells: Mapping[str, Mapping[str, Cell]] = facts["cells"]
    lambdas = {way: cells[way]["lambda"] for way in cells}
    taking = [way for way, cell in lambdas.items() if outcome(cell) == "arrived"]
    refusing = [way for way, cell in lambdas.items() if cell.get("error")]
    told: list[str] = []
    if refusing:
        errors = joined(sorted({lambdas[way]["error"] for way in refusing}))
        late = all(lambdas[way]["where"] == "result()" for way in refusing)
        where = "only at result(), once submit() had returned" if late else "at submit()"
        told.append(
            f"Refused by {joined(refusing)}: pickle sends a function by its name, and a lambda has "
            f"none. It comes up {where}, as {errors}."
        )
    if taking:
        how = [BY_VALUE[way] for way in taking if way in BY_VALUE]
        told.append(f"Taken by {joined(taking)}{': ' if how else ''}{', and '.join(how)}.")
    told += _more(cells)
    if facts["missing"]:
        reasons = joined([f"{way} ({why.rstrip('.')})" for way, why in facts["missing"].items()])
        told.append(f"Not tried: {reasons}.")
    if taking:
        return Judgement("does not hold here", " ".join(told))
    if refusing and len(refusing) == len(lambdas):
        return Judgement("holds here", " ".join(told))
    return Judgement("not resolved here", " ".join(["No worker took it or refused it.", *told]))


def _more(cells: Mapping[str, Mapping[str, Cell]]) -> Iterator[str]:
    """What broke pools, what hung, and what arrives everywhere."""
    from bench.analysis.words import joined

    for state, text in (
        ("broken", "broke the pool, with all that was still waiting in it"),
        ("hung", "hung"),
        ("dead", "ended the whole program"),
    ):
        things: dict[str, list[str]] = {}  # by the ways in which they did so
        for name, thing in THINGS.items():
            if ways := [way for way, row in cells.items() if row[name]["pool"] == state]:
                things.setdefault(joined(ways), []).append(thing.title)
        if things:
            which = "; ".join(f"{joined(titles)} (with {ways})" for ways, titles in things.items())
            yield f"What {text}: {which}."
            if state == "broken":
                yield "An exception is rebuilt from its args, and one that wants others cannot be."
    safe = [
        thing.title
        for name, thing in THINGS.items()
        if cells and all(outcome(row[name]) == "arrived" for row in cells.values())
    ]
    if safe:
        yield f"What arrives with each: {joined(safe)}."


def picture(facts: Facts, _: Sequence[Event]) -> Picture:
    """What became of each thing with each kind of worker."""
    rows = [
        {
            "row": THINGS[name].title,
            "column": way,
            "text": outcome(cell),
            "told": _told(cell),
            "tone": "good" if cell["arrived"] is not None else "bad",
        }
        for way, row in facts["cells"].items()
        for name, cell in row.items()
    ]
    arrived = sum(row["tone"] == "good" for row in rows)
    return Picture(
        "grid",
        "What can be sent to a worker",
        f"{arrived} of {len(rows)} arrived. What is returned or raised comes from the worker.",
        rows,
    )


def _told(cell: Cell) -> str:
    if cell["arrived"] is not None:
        return f"arrived: {cell['arrived']}"
    parts = [f"{cell['error']}: {cell['message']}" if cell["error"] else cell["message"]]
    parts += [f"from {cell['cause']}"] if cell["cause"] else []
    parts += [f"at {cell['where']}"] if cell["where"] else []
    return "; ".join([*parts, f"pool {cell['pool']}"])


@experiment(
    "pitfalls",
    belief="A lambda cannot be sent to a worker.",
    listings=(
        ("Bad", send_a_lambda),
        ("Good", send_a_function),
        ("Bad: raised by a worker, it breaks the pool", OutOfStock),
        ("Good", SoldOut),
    ),
    judge=judge,
    picture=picture,
    seconds=5.0,
)
def pickling(
    kind: Annotated[
        str, OneOf("all", *WAYS), "Which kind of workers: processes by how they start, or others."
    ] = "all",
) -> Steps:
    """Pickling: what can be sent

    What goes to another process or interpreter, and what comes back, is turned into bytes. What
    cannot be is often noticed late, at result(), and some of it takes the whole pool with it.
    """
    facts: dict[str, Any] = {"cells": {}, "missing": {}}
    for way in WAYS if kind == "all" else (kind,):
        if reason := missing(way):
            facts["missing"][way] = reason
            yield {"workers": way, "missing": reason}
            continue
        yield {"workers": way}
        facts["cells"][way] = {}
        for name, cell in cells_of(way):
            facts["cells"][way][name] = cell
            yield {"workers": way, "sent": THINGS[name].title, "outcome": _told(cell)}
    return facts
