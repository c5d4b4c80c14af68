"""Live demonstrations of one pitfall or pattern each, one file each, and the registry of them.

An experiment is a generator function whose signature is its form (see `bench.forms`). It runs in a
child process of its own, yields what happens (plain data, told live), and returns its facts:

    @experiment("pitfalls", belief="…", listings=(bare, locked), judge=judge, picture=picture)
    def race(threads: Annotated[int, Between(2, 16)] = 4) -> Steps:
        \"\"\"Lost updates …\"\"\"
        yield {"variant": "bare", "lost": 17}
        return {"lost": …}

`judge` makes a judgement of facts alone, so that opposite facts give the opposite verdict;
`picture` makes rows to draw of facts and events. Both are pure. The listings are the functions that
run: their source is read, never copied.
"""

import importlib
import importlib.util
import inspect
import textwrap
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from bench.errors import Refused
from bench.experiments.picture import Picture
from bench.forms import Form, Value, choice_of, filled, form_of
from bench.resources import resources_of

Group = Literal["pitfalls", "sharing", "patterns"]
Verdict = Literal["holds here", "does not hold here", "not resolved here"]

# Plain data: what JSON holds.
Event = Mapping[str, Any]
Facts = Mapping[str, Any]
Steps = Generator[Event, None, Facts]

# Each experiment's module, in the order in which they are listed.
MODULES: Mapping[str, str] = {
    "race": "race",
    "deadlock": "deadlock",
    "pickling": "pickling",
    "startup": "startup",
    "blocking-the-loop": "blocking_the_loop",
    "oversubscription": "oversubscription",
    "queue-hang": "queue_hang",
    "counter": "counter",
    "producer-consumer": "producer_consumer",
    "sharing-data": "sharing_data",
    "shutdown": "shutdown",
    "rate-limit": "rate_limit",
    "progress": "progress",
    "pipeline": "pipeline",
    "cancel": "cancel",
}


@dataclass(frozen=True)
class Judgement:
    """Whether the belief holds here, computed from facts, with the explanation that fits it."""

    verdict: Verdict
    explanation: str


@dataclass(frozen=True)
class Listing:
    """A piece of the code that runs: what it shows, and its source."""

    title: str
    source: str


@dataclass(frozen=True)
class Experiment:
    """One demonstration: the belief, the code, and how its facts are read.

    `seconds` is about how long it takes, and `deadline_s` when it is ended; `packages` are the
    imports that its interpreter must have, `resources` what the lab provides to its steps.
    """

    name: str
    title: str
    about: str
    group: Group
    belief: str
    form: Form
    steps: Callable[..., Steps] = field(repr=False)
    judge: Callable[[Facts], Judgement] = field(repr=False)
    picture: Callable[[Facts, Sequence[Event]], Picture] = field(repr=False)
    code: tuple[tuple[str, Callable[..., Any] | type], ...] = field(repr=False)
    seconds: float
    deadline_s: float
    packages: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()

    @property
    def listings(self) -> tuple[Listing, ...]:
        """The code that runs, bad first."""
        return tuple(
            Listing(title, textwrap.dedent(inspect.getsource(function)))
            for title, function in self.code
        )

    def missing(self) -> str | None:
        """Why this interpreter cannot run it, in one sentence; None if it can."""
        absent = [name for name in self.packages if importlib.util.find_spec(name) is None]
        return f"This Python has no {' and no '.join(absent)}." if absent else None

    def parameters(self, values: Mapping[str, object]) -> dict[str, Value]:
        """All parameters: the given ones over the defaults. Raises Refused."""
        return filled(self.form, values, f"{self.name}.")


_REGISTRY: dict[str, Experiment] = {}


def experiment(
    group: Group,
    *,
    belief: str,
    listings: Sequence[tuple[str, Callable[..., Any] | type]],
    judge: Callable[[Facts], Judgement],
    picture: Callable[[Facts, Sequence[Event]], Picture],
    seconds: float,
    deadline_s: float | None = None,
    packages: tuple[str, ...] = (),
    name: str = "",
) -> Callable[[Callable[..., Steps]], Callable[..., Steps]]:
    """Register a generator function as an experiment; its docstring is title and text.

    It is called as it is `name`d, by default as the function with hyphens.
    """

    def register(steps: Callable[..., Steps]) -> Callable[..., Steps]:
        called = name or steps.__name__.replace("_", "-")
        title, _, about = (inspect.getdoc(steps) or called).partition("\n")
        _REGISTRY[called] = Experiment(
            called,
            title,
            " ".join(about.split()),
            group,
            belief,
            form_of(steps),
            steps,
            judge,
            picture,
            tuple(listings),
            seconds,
            deadline_s or 4 * seconds + 10,
            packages,
            resources_of(steps),
        )
        return steps

    return register


def all_experiments() -> dict[str, Experiment]:
    """Every experiment by name, in the order in which they are listed."""
    return {name: find_experiment(name) for name in MODULES}


def find_experiment(name: str) -> Experiment:
    """The experiment of that name. Raises Refused."""
    if name not in MODULES:
        raise Refused("experiment", name, choice_of(list(MODULES)))
    importlib.import_module(f"bench.experiments.{MODULES[name]}")
    return _REGISTRY[name]
