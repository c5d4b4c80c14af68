"""What a row of the decision table is made of, and what it recommends in a situation."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bench.analysis.advice.situation import Condition, Situation
from bench.forms import Value


@dataclass(frozen=True)
class Choice:
    """One way to run a row's work: when it is to be chosen, and why.

    `instead` says when it is the better one although another is recommended.
    """

    executor: str
    when: Condition
    because: str
    instead: str = ""


@dataclass(frozen=True)
class Row:
    """One kind of task: what textbooks advise, what is true of it, and the work that stands for it.

    `textbook` are the executors that the textbook means, `advice` is what it says. Of `choices`,
    the first whose condition holds is recommended, and the next with another executor that could
    run here is the runner-up. `workers` is how many wait at a time; 0 stands for one a usable CPU.
    """

    name: str
    title: str
    textbook: tuple[str, ...]
    advice: str
    choices: tuple[Choice, ...]
    workload: str
    parameters: Mapping[str, Value]
    workers: int = 0
    note: str = ""

    @property
    def executors(self) -> tuple[str, ...]:
        """What is to be measured of it beside sequential work: all that is advised by anybody."""
        named = (*self.textbook, *(choice.executor for choice in self.choices))
        return tuple(name for name in dict.fromkeys(named) if name != "sequential")

    def workers_on(self, usable: int) -> int:
        """How many workers it is measured with where so many CPUs are usable."""
        return self.workers or max(2, usable)


@dataclass(frozen=True)
class Recommendation:
    """What to do with a row's kind of task in a situation, why, and what comes next to it."""

    row: Row
    choice: Choice
    runner_up: Choice
    workers: int

    @property
    def executor(self) -> str:
        return self.choice.executor

    @property
    def parameters(self) -> Mapping[str, Value]:
        return self.row.parameters


def recommend(row: Row, here: Situation) -> Recommendation:
    """What is recommended for a row's kind of task in a situation."""
    first = next(choice for choice in row.choices if choice.when.holds(here))
    runner_up = next(
        choice
        for choice in row.choices
        if choice.instead
        and choice.executor != first.executor
        and (choice.when.holds(here) or not choice.when.of_machine)
    )
    workers = 1 if first.executor == "sequential" else row.workers_on(here.usable)
    return Recommendation(row, first, runner_up, workers)


@dataclass(frozen=True)
class Answer:
    """One answer to a question; `to` names the question or the row that it leads to.

    `example` is one, in words or code; `short` names the answer where there is little room. `lanes`
    picture its tasks, a string a lane: - while one waits, # while it computes, a space for nothing.
    """

    name: str
    text: str
    to: str
    example: str
    short: str = ""
    lanes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """One question of the decision tree, its answers, and what helps to answer it."""

    name: str
    text: str
    answers: tuple[Answer, ...] = field(default=())
    help: str = ""
