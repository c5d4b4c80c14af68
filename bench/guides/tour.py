"""The tour: five questions for people in front of a screen, each answered by one short run.

step ──► plan ──► run ──► what it shows, in a sentence, and whether that is what is usually so
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bench.analysis import words
from bench.analysis.insights import whys_of
from bench.analysis.results import Result, results
from bench.analysis.verdicts import Verdict
from bench.asking.plans import draft
from bench.errors import Unavailable
from bench.forms import Value
from bench.measure.host.interpreters import Interpreter
from bench.measure.host.known import Known, known_interpreters
from bench.plan import Plan, this_interpreter
from bench.samples import Run

# A step's run begins no round after this, in seconds, beyond the least number of them.
BUDGET = 5.0

NO_PYTHON = (
    "No Python without the GIL was found on this machine: install a free-threaded one, such as "
    "3.14t, or name its path in BENCH_PYTHONS."
)

_USUALLY: Mapping[Verdict, str] = {
    "faster": "faster",
    "slower": "slower",
    "no difference shown": "no faster",
}


@dataclass(frozen=True)
class Step:
    """One question, and the work that answers it.

    `usually` are the verdicts on the executor that go with the usual answer. `workers` of 0 are one
    for each usable CPU. A step `without_gil` takes an interpreter that has none.
    """

    name: str
    question: str
    about: str
    workload: str
    parameters: Mapping[str, Value]
    executor: str
    usually: tuple[Verdict, ...]
    workers: int = 0
    without_gil: bool = False


STEPS: tuple[Step, ...] = (
    Step(
        "waiting",
        "Eight pages from a slow server: one after the other, or all at once?",
        "Each page takes 40 ms to come. Eight threads ask for one each.",
        "pages",
        {"count": 8, "delay": 0.04, "size": 20_000},
        "threads",
        ("faster",),
        workers=8,
    ),
    Step(
        "computing",
        "Counting primes: do threads help?",
        "Pure Python, a thread for each CPU. This Python's GIL lets one of them run at a time.",
        "primes",
        {"limit": 300_000},
        "threads",
        ("no difference shown", "slower"),
    ),
    Step(
        "processes",
        "The same primes: do processes help?",
        "Each process is a Python of its own, with a GIL of its own.",
        "primes",
        {"limit": 300_000},
        "processes",
        ("faster",),
    ),
    Step(
        "tiny",
        "Two thousand tiny tasks: do processes still help?",
        "Each task adds one to a number. It has to be sent to a process, and its result sent back.",
        "tiny",
        {"count": 2_000},
        "processes",
        ("slower",),
    ),
    Step(
        "without-gil",
        "The same threads, in a Python without the GIL?",
        "The primes once more, a thread for each CPU, against sequential work in the same Python.",
        "primes",
        {"limit": 300_000},
        "threads",
        ("faster",),
        without_gil=True,
    ),
)


@dataclass(frozen=True)
class Told:
    """What a run answers to a step: the sentence, and whether it is the usual answer.

    `why` are reasons that an interval of the run carries.
    """

    sentence: str
    usual: bool
    why: tuple[str, ...]


def python_for(step: Step, known: Known = known_interpreters) -> Interpreter | None:
    """The interpreter that a step runs on; None if it takes one that is not on this machine."""
    usable = [one for one in known().values() if not one.problem]
    if step.without_gil:
        return next((one for one in reversed(usable) if one.gil is False), None)
    return next((one for one in usable if one.name == this_interpreter()), None)


def step_plan(step: Step, usable: int, known: Known = known_interpreters) -> Plan:
    """The plan that answers a step. Raises Refused, or Unavailable without such an interpreter."""
    host = python_for(step, known)
    if host is None:
        raise Unavailable(NO_PYTHON)
    return draft(
        step.workload,
        executors={step.executor: {}},
        workers=[step.workers or max(2, usable)],
        parameters=step.parameters,
        precision="quick",
        budget_s=BUDGET,
        interpreters=[host.name],
        ceiling=False,
        known=known,
    )


def told(step: Step, run: Run) -> Told:
    """What a run of a step's plan answers."""
    found = results(run)
    answer = answer_of(found)
    sentence = words.sentence(answer, "warm")
    why = tuple(
        reason.message
        for one in whys_of(run, found)
        if one.contender == answer.contender.name
        for reason in one.reasons
    )
    if answer.warm is None or answer.warm.speedup is None or answer.warm.speedup.low is None:
        return Told(sentence, usual=False, why=())
    verdict = answer.warm.verdict
    if verdict in step.usually:
        return Told(sentence, usual=True, why=why)
    shown = "this run does not show it" if verdict == "no difference shown" else "not in this run"
    told = f"{sentence} Usually it is {_USUALLY[step.usually[0]]}: {shown}."
    return Told(told, usual=False, why=why)


def answer_of(found: tuple[Result, ...]) -> Result:
    """The result that answers: that of the one contender."""
    return next(one for one in found if one.contender.role == "contender")
