"""The work that can be measured, one file a family, and the registry of it.

A workload is a function whose signature is its form (see `bench.forms`). Keyword-only parameters
name resources that the lab provides to the trial: `server`, the address of its loopback server.
"""

import importlib
import importlib.util
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bench.errors import Refused
from bench.forms import Between, Form, Value, choice_of, filled, form_of
from bench.work import Work

Kind = Literal["cpu", "native", "io", "mixed", "tiny"]
Build = Callable[..., Work[Any, Any]]

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


def _no_variables(**_: Value) -> Mapping[str, str]:
    return {}


def _nothing_to_check(**_: Value) -> None:
    pass


@dataclass(frozen=True)
class Workload:
    """A named piece of work: its form, presets, what it needs, and about how long it takes.

    `title` and `about` are the first line and the rest of its docstring.

    `seconds` maps parameters to a rough sequential time in seconds, for estimates before anything
    was measured; `packages` are the imports that its interpreter must have. `staged` says that
    its task is a `bench.work.Staged`.

    `environment` maps parameters to variables that its trial's process starts with, for libraries
    that read them when they are loaded. `check` raises Refused for parameters within their bounds
    that this machine cannot do.
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
    seconds: Callable[..., float] = field(repr=False)
    staged: bool = False
    environment: Callable[..., Mapping[str, str]] = field(default=_no_variables, repr=False)
    check: Callable[..., None] = field(default=_nothing_to_check, repr=False)

    def missing(self) -> str | None:
        """Why this interpreter cannot run it, in one sentence; None if it can."""
        absent = [name for name in self.packages if importlib.util.find_spec(name) is None]
        return f"This Python has no {' and no '.join(absent)}." if absent else None

    def parameters(
        self, values: Mapping[str, object], preset: str | None = None
    ) -> dict[str, Value]:
        """All parameters: the given ones over the preset's over the defaults. Raises Refused."""
        if preset is not None and preset not in self.presets:
            raise Refused("preset", preset, choice_of(list(self.presets)))
        return filled(self.form, {**self.presets.get(preset or "", {}), **values}, f"{self.name}.")


_REGISTRY: dict[str, Workload] = {}


def workload(
    kind: Kind,
    *,
    seconds: Callable[..., float],
    presets: Mapping[str, Mapping[str, Value]] | None = None,
    packages: tuple[str, ...] = (),
    staged: bool = False,
    environment: Callable[..., Mapping[str, str]] = _no_variables,
    check: Callable[..., None] = _nothing_to_check,
) -> Callable[[Build], Build]:
    """Register a function as a workload of its own name; its docstring is title and text."""

    def register(build: Build) -> Build:
        signature = inspect.signature(build)
        resources = tuple(
            name
            for name, parameter in signature.parameters.items()
            if parameter.kind is inspect.Parameter.KEYWORD_ONLY
        )
        name = build.__name__
        title, _, about = (inspect.getdoc(build) or name).partition("\n")
        _REGISTRY[name] = Workload(
            name,
            title,
            " ".join(about.split()),
            kind,
            build,
            form_of(build),
            presets or {},
            packages,
            resources,
            seconds,
            staged,
            environment,
            check,
        )
        return build

    return register


def all_workloads() -> dict[str, Workload]:
    """Every workload by name, in the order of the families, whichever was imported first."""
    modules = [importlib.import_module(f"bench.workloads.{family}").__name__ for family in FAMILIES]
    places = {module: place for place, module in enumerate(modules)}
    in_order = sorted(_REGISTRY.values(), key=lambda one: places.get(one.build.__module__, -1))
    return {one.name: one for one in in_order}


def find_workload(name: str) -> Workload:
    """The workload of that name. Raises Refused."""
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


def unit_of(name: str, parameter: str) -> str:
    """The unit of a workload's parameter as it stands behind a number: 5 ms, 50%."""
    found = all_workloads().get(name)
    fields = [field for field in found.form if field.name == parameter] if found else []
    units = [bound.unit for one in fields for bound in one.bounds if isinstance(bound, Between)]
    unit = next(filter(None, units), "")
    return unit if unit in ("", "%") else f" {unit}"
