"""The work that can be measured, one file a family, and the registry of it.

A workload is a function whose signature is its form (see `bench.forms`). Keyword-only parameters
name what the lab provides to the trial (see `bench.resources`).

Work of the operator's own is described here, too, but never imported: only its trials do that
(see `bench.measure.own.work`).
"""

import importlib
import importlib.util
import inspect
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args

from bench.errors import Refused
from bench.forms import Form, Value, choice_of, filled, form_of
from bench.resources import resources_of
from bench.work import Work

if TYPE_CHECKING:
    from bench.workloads.source import Source

Kind = Literal["cpu", "native", "io", "mixed", "tiny"]
KINDS: tuple[Kind, ...] = get_args(Kind)

Build = Callable[..., Work[Any, Any]]
Builder = TypeVar("Builder", bound=Callable[..., object])

# Each family's module with its workloads, in the order in which they are listed: by kind. A trial
# loads the one family that it needs.
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "primes": ("primes",),
    "fibonacci": ("fibonacci",),
    "texts": ("json", "words"),
    "sha256": ("sha256",),
    "compression": ("zlib",),
    "dataframe": ("dataframe",),
    "arrays": ("matmul", "ufunc", "kmeans"),
    "images": ("images",),
    "pages": ("pages", "connections"),
    "files": ("files",),
    "waiting": ("waiting",),
    "mixed": ("scrape", "blend"),
    "tiny": ("tiny", "spin"),
}


def _nothing_to_check(**_: Value) -> None:
    pass


@dataclass(frozen=True)
class Workload:
    """A named piece of work: its form, presets, what it needs, and about how long it takes.

    `title` and `about` are the first line and the rest of its docstring.

    `seconds` maps parameters to a rough sequential time in seconds, for estimates before anything
    was measured; None if that is not known. `packages` are the imports that its interpreter must
    have. `staged` says that its task is a `bench.work.Staged`.

    `environment` holds variables that its trial's process starts with, for libraries that read
    them when they are loaded; `{name}` in a value stands for that parameter. `check` raises
    Refused for parameters within their bounds that this machine cannot do.

    `tasks` maps parameters to how many items they make; None if that is not known.

    `source` is None for the lab's own work; other work is known by its description alone.
    """

    name: str
    title: str
    about: str
    kind: Kind
    build: Build
    form: Form
    presets: Mapping[str, Mapping[str, Value]]
    packages: tuple[str, ...]
    resources: tuple[str, ...]
    seconds: Callable[..., float] | None = field(default=None, repr=False)
    staged: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)
    check: Callable[..., None] = field(default=_nothing_to_check, repr=False)
    source: "Source | None" = None
    tasks: Callable[..., int] | None = field(default=None, repr=False)

    def missing(self) -> str | None:
        """Why this interpreter cannot run it, in one sentence; None if it can."""
        return no_packages(
            [name for name in self.packages if importlib.util.find_spec(name) is None]
        )

    def parameters(
        self, values: Mapping[str, object], preset: str | None = None
    ) -> dict[str, Value]:
        """All parameters: the given ones over the preset's over the defaults. Raises Refused."""
        if preset is not None and preset not in self.presets:
            raise Refused("preset", preset, choice_of(list(self.presets)))
        return filled(self.form, {**self.presets.get(preset or "", {}), **values}, f"{self.name}.")

    def variables(self, parameters: Mapping[str, Value]) -> dict[str, str]:
        """The variables that a trial's process starts with. Raises Refused."""

        def value(name: re.Match[str]) -> str:
            if name[1] not in parameters:
                raise Refused(f"{self.name}.environment", name[0], choice_of(list(parameters)))
            return str(parameters[name[1]])

        # Not str.format, which can be told to write a text as long as the memory.
        return {name: re.sub(r"\{(\w+)\}", value, text) for name, text in self.environment.items()}


def no_packages(absent: Sequence[str]) -> str | None:
    """Why work cannot run where some packages are absent, in one sentence; None if none is."""
    return f"This Python has no {' and no '.join(absent)}." if absent else None


_REGISTRY: dict[str, Workload] = {}
_own: dict[str, Workload] = {}


def workload(
    kind: Kind,
    *,
    seconds: Callable[..., float] | None = None,
    presets: Mapping[str, Mapping[str, Value]] | None = None,
    packages: tuple[str, ...] = (),
    staged: bool = False,
    environment: Mapping[str, str] | None = None,
    check: Callable[..., None] = _nothing_to_check,
    tasks: Callable[..., int] | None = None,
) -> Callable[[Builder], Builder]:
    """Register a function as a workload of its own name; its docstring is title and text.

    The function returns its Work, or yields it once: what stands before is set-up, what stands
    after is tear-down, and neither is timed.
    """
    if kind not in KINDS:
        raise Refused("kind", kind, choice_of(KINDS), 'as in @bench.workload("cpu")')

    def register(build: Builder) -> Builder:
        name = build.__name__
        _check_name(name, build)
        title, about = title_of(build)
        made = Workload(
            name,
            title,
            about,
            kind,
            build,  # type: ignore[arg-type]  # or it yields its Work: see bench.measure.child.building
            form_of(build),
            presets or {},
            packages,
            resources_of(build),
            seconds,
            staged,
            environment or {},
            check,
            tasks=tasks or _as_counted(build),
        )
        for preset in (None, *made.presets):
            made.variables(made.parameters({}, preset))  # mistakes in them are errors here and now
        _REGISTRY[name] = made
        return build

    return register


def _as_counted(build: Callable[..., object]) -> Callable[..., int] | None:
    """A parameter that is called `count` says how many items there are."""

    def tasks(count: int, **_: Value) -> int:
        return count

    return tasks if "count" in inspect.signature(build).parameters else None


def title_of(function: Callable[..., object]) -> tuple[str, str]:
    """The first line of a function's docstring, and the rest as one line."""
    title, _, about = (inspect.getdoc(function) or function.__name__).partition("\n")
    return title, " ".join(about.split())


def defined_at(function: object) -> tuple[str, int]:
    """File and line where a function's definition begins; an empty file if it is not in Python."""
    code = getattr(inspect.unwrap(function), "__code__", None)  # type: ignore[arg-type]
    return (code.co_filename, code.co_firstlineno) if code else ("", 0)


def _check_name(name: str, build: Callable[..., object]) -> None:
    """Raises Refused for the name of other work, which would be measured in its place."""
    homes = [f"bench.workloads.{family}" for family in FAMILIES if name in FAMILIES[family]]
    known = _REGISTRY.get(name)
    if (homes and build.__module__ not in homes) or (
        known and defined_at(known.build) != defined_at(build)
    ):
        raise Refused("workload", name, "a name that no other work has", "rename the function")
    if not name.isidentifier():
        raise Refused("workload", name, "a function with a name")


def adopt(own: Iterable[Workload]) -> None:
    """Let these be the operator's own work, in place of what was; no name twice, none taken."""
    global _own
    _own = {one.name: one for one in own}


def all_workloads() -> dict[str, Workload]:
    """Every workload by name: the operator's own, then by family, whichever was imported first."""
    modules = [importlib.import_module(f"bench.workloads.{family}").__name__ for family in FAMILIES]
    places = {module: place for place, module in enumerate(modules)}
    in_order = sorted(_REGISTRY.values(), key=lambda one: places.get(one.build.__module__, -1))
    return _own | {one.name: one for one in in_order}


def find_workload(name: str) -> Workload:
    """The workload of that name. Raises Refused."""
    if name in _own:
        return _own[name]
    for family, names in FAMILIES.items():
        if name in names:
            importlib.import_module(f"bench.workloads.{family}")
    if name not in _REGISTRY:
        raise Refused("workload", name, choice_of(list(all_workloads())))
    return _REGISTRY[name]


def kind_of(name: str) -> Kind | None:
    """The kind of a workload that a kept run names; None if it is no longer known."""
    found = all_workloads().get(name)
    return found.kind if found else None


def task_count(name: str, parameters: Mapping[str, Value]) -> int | None:
    """How many tasks the parameters of a kept run make; None if that is not known."""
    found = all_workloads().get(name)
    if (
        found is None
        or found.tasks is None
        or {field.name for field in found.form} != set(parameters)
    ):
        return None
    return found.tasks(**parameters)


def unit_of(name: str, parameter: str) -> str:
    """The unit of a workload's parameter as it stands behind a number: 5 ms, 50%."""
    found = all_workloads().get(name)
    fields = (field for field in found.form if field.name == parameter) if found else ()
    return next((field.behind() for field in fields), "")
