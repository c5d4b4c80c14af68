"""The scripts that there can be, with the least work, and what the lab says to the same."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bench.answers import answer_text
from bench.executors import all_executors, options_form
from bench.executors.seam import Executor
from bench.forms import Between, Field, Value
from bench.plan import Contender, Plan, this_interpreter
from bench.scripts import script
from bench.workloads import Workload, all_workloads
from tests.workloads.ways import work_of

TIMED = "ROUNDS, SECONDS = 3, 3.0"
ONCE = "ROUNDS, SECONDS = 1, 0.0"

# Their workers take long to start: one is enough.
SLOW = ("loky", "dask")

# So many tasks, where their number is a parameter: chunks are cut, and the last one is shorter.
TASKS = 5


# Options that differ from their defaults, by name.
Odd = tuple[tuple[str, Value], ...]


@dataclass(frozen=True)
class Case:
    """One workload under one executor, with options that may differ from their defaults."""

    workload: Workload
    executor: Executor
    odd: Odd = ()

    @property
    def named(self) -> str:
        odd = "-".join(f"{name}-{value}" for name, value in self.odd)
        return f"{self.workload.name}-{self.executor.name}{odd and '-'}{odd}"

    @property
    def contender(self) -> Contender:
        defaults = {option.name: option.default for option in options_form(self.executor)}
        name = self.executor.name
        workers = 1 if name in SLOW else min(2, self.executor.most)
        options = {**defaults, **dict(self.odd)}
        return Contender(f"{name} × {workers}", name, workers, options, this_interpreter())

    @property
    def text(self) -> str:
        """The script, as the lab gives it."""
        parameters = least(self.workload)
        plan = Plan(self.workload.name, parameters, (self.contender,), "quick", 8.0, 1)
        return script(plan, self.contender)

    @property
    def short(self) -> str:
        """The same with one round only."""
        assert TIMED in self.text
        return self.text.replace(TIMED, ONCE)

    def can_run(self) -> bool:
        return self.executor.missing() is None and self.workload.missing() is None


def every_case() -> Iterator[Case]:
    """Every workload under every executor that can run it, with default options."""
    for workload, executor in itertools.product(all_workloads().values(), all_executors().values()):
        if executor.unfit(workload) is None:
            yield Case(workload, executor)


def every_option() -> Iterator[Case]:
    """Every value of every option of every executor, once."""
    known = all_workloads()
    for executor in all_executors().values():
        work = known["scrape" if executor.name == "hybrid" else "primes"]
        for option in options_form(executor):
            for value in _values(option):
                odd: Odd = ((option.name, value),)
                if option.name == "tasks_a_child":
                    odd = (*odd, ("start_method", "forkserver"), ("chunk", 40))
                if value != option.default:
                    yield Case(work, executor, odd)


def _values(option: Field) -> list[Value]:
    """Each choice, and a number where numbers are taken."""
    values: list[Value] = []
    for bound in option.bounds:
        values += [3] if isinstance(bound, Between) else bound.choices
    return values


def least(workload: Workload) -> Mapping[str, Value]:
    """The least parameters that a workload takes, with a few tasks."""
    return workload.parameters({field.name: _least(field) for field in workload.form})


def _least(field: Field) -> Value:
    bound = field.bounds[0]
    if not isinstance(bound, Between):
        return field.default
    return max(TASKS, int(bound.low)) if field.name in ("count", "chunks") else bound.low


def lab_answer(workload: Workload, server: str) -> str:
    """The lab's own answer to the least work, as a script tells it."""
    work = work_of(workload.name, server, **least(workload))
    answer = work.reduce(map(work.task, work.items))
    if isinstance(answer, int | str):
        return str(answer)
    text = answer_text(answer)
    return text[-33:-1] if text.endswith(")") else text
