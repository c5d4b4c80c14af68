"""The measured decision table: the newest run of each row's work on this machine, and its verdict.

row ──► plan ──► newest runs of it ──► agreement, and whether the CPUs bound the gain
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bench.analysis.advice import ROWS, Agreement, Row, agreement, limited
from bench.analysis.results import results
from bench.errors import Refused
from bench.forms import choice_of
from bench.guides.rows import plan_of
from bench.measure.host.known import Known, known_interpreters
from bench.plan import Plan
from bench.samples import Run
from bench.store import Store

# Of what was stopped or interrupted nothing is told: a whole run may lie behind it.
WHOLE = ("done", "failed")


@dataclass(frozen=True)
class Lately:
    """What there is of a plan on a machine: its newest whole run, and one that goes on.

    Both come without their samples.
    """

    ended: Run | None = None
    active: Run | None = None


@dataclass(frozen=True)
class Judgement:
    """What a run says to a row's advice; `limit` is a sentence if the CPUs bound the gain."""

    agreement: Agreement
    limit: str = ""

    @property
    def explanations(self) -> tuple[str, ...]:
        """Why the advice does not hold here, if it does not, and what bounds the gain."""
        told = tuple(reason.message for reason in self.agreement.reasons)
        few = any(reason.code == "few-cpus" for reason in self.agreement.reasons)
        return (*told, *([self.limit] if self.limit and not few else []))


# How a row's run, without its samples, is judged.
Judge = Callable[[Row, Run], Judgement]


@dataclass(frozen=True)
class Decision:
    """A row of the table, the plan that measures it, and what this machine says to it."""

    row: Row
    plan: Plan
    lately: Lately
    judgement: Judgement


def rows_of(names: Sequence[str]) -> list[Row]:
    """The rows of those names, or all of them. Raises Refused."""
    for name in names:
        if name not in ROWS:
            raise Refused("row", name, choice_of(list(ROWS)))
    return [row for row in ROWS.values() if not names or row.name in names]


def plans_of(
    rows: Sequence[Row],
    usable: int,
    interpreter: str = "",
    precision: str = "quick",
    known: Known = known_interpreters,
) -> tuple[dict[str, Plan], dict[str, str]]:
    """The plan of each row, by name; and, by name, why others cannot be measured here."""
    plans, refused = dict[str, Plan](), dict[str, str]()
    for row in rows:
        try:
            plans[row.name] = plan_of(
                row, usable=usable, precision=precision, interpreter=interpreter, known=known
            )
        except Refused as refusal:
            refused[row.name] = str(refusal)
    return plans, refused


def lately(store: Store, plan: Plan, machine: str) -> Lately:
    """The newest runs of a plan on a machine."""
    found = store.history.newest(plan, machine)
    return Lately(
        next((run for run in found if run.state in WHOLE), None),
        next((run for run in found if run.active), None),
    )


def judged_from(store: Store) -> Judge:
    """A judge that reads what was measured from a store."""

    def judge(row: Row, run: Run) -> Judgement:
        whole = store.runs.find(run.id, traces=True) or run
        found = results(whole)
        agreed = agreement(row, whole, found)
        return Judgement(agreed, limited(whole, found, agreed.winner))

    return judge


def decision(store: Store, row: Row, plan: Plan, machine: str, judge: Judge) -> Decision:
    """What the newest run of a row's plan on a machine says to its advice."""
    found = lately(store, plan, machine)
    nothing = Judgement(Agreement(row.name, "not measured"))
    return Decision(row, plan, found, judge(row, found.ended) if found.ended else nothing)


def decision_json(one: Decision) -> dict[str, Any]:
    """A decision as plain data: the row, its advice, and what was measured here, if it was."""
    row, run, judgement = one.row, one.lately.ended, one.judgement
    return {
        "row": row.name,
        "title": row.title,
        "advice": row.advice,
        "textbook": list(row.textbook),
        "workload": row.workload,
        "parameters": dict(row.parameters),
        "measured": [contender.name for contender in one.plan.contenders],
        "interpreter": one.plan.interpreters[0],
        "run": run and run.id,
        "ended": run and run.ended,
        "agreement": {**judgement.agreement.as_json(), "answer": judgement.agreement.answer},
        "limit": judgement.limit or None,
        "explanations": list(judgement.explanations),
    }
