"""From a description of own work, which its code has had in hand, to a Workload that others trust.

Whatever it holds, a page can be drawn from what comes of it: names are names, texts are one short
line, numbers are finite and no greater than a browser's.
"""

import keyword
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn, TypeVar

from bench.errors import Refused
from bench.forms import Between, Bound, Field, OneOf, choice_of, filled
from bench.measure.own.sources import Place
from bench.resources import RESOURCES
from bench.workloads import KINDS, Workload
from bench.workloads.source import Source

TYPES = {"int": int, "float": float, "str": str}

# A browser holds no greater number without rounding it.
MOST_NUMBER = 2**53 - 1

# Parameters, presets, choices and the like: more of them fit no page.
MANY = 50

# What is raised by what is no description at all.
NONSENSE = (LookupError, TypeError, ValueError, AttributeError, OverflowError)

Choice = TypeVar("Choice", bound=str)


def workload_from(plain: Mapping[str, Any], place: Place, files: Sequence[str]) -> Workload:
    """The workload that a description tells of.

    Raises Refused for a value that cannot be shown, and what is in NONSENSE for what is no
    description.
    """
    name = _name("workload", plain["name"])
    form = tuple(_field(field) for field in _few("parameters", plain["form"]))
    presets = {_line(preset, 40): values for preset, values in plain["presets"].items()}
    return Workload(
        name=name,
        title=_line(plain["title"], 100) or name,
        about=_line(plain["about"], 1_000),
        kind=_one_of("kind", plain["kind"], KINDS),
        build=built_elsewhere,
        form=form,
        presets={one: filled(form, presets[one]) for one in _few("presets", presets)},
        packages=tuple(_name("package", one) for one in _few("packages", plain["packages"])),
        resources=tuple(_one_of("resource", one, RESOURCES) for one in plain["resources"]),
        staged=plain["staged"] is True,
        environment=_environment(plain["environment"]),
        source=Source(
            place.label,
            str(plain["file"]),
            int(plain["line"]),
            place.folders,
            {"module": place.module, "workload": name},
            tuple(files),
        ),
    )


def function_from(
    plain: Mapping[str, Any],
    task: tuple[Place, str],
    items: tuple[Place, str],
    files: Sequence[str],
    kind: str | None,
) -> Workload:
    """A task and items, each by its name, as a workload whose one parameter says which items.

    Raises what `workload_from` raises.
    """
    (place, name), (home, items_name) = task, items
    told = f"{home.label}:{items_name}"
    names = {
        "module": place.module,
        "task": name,
        "items_module": home.module,
        "items": items_name,
    }
    return Workload(
        name=f"{place.label}:{name}",
        title=_line(plain["title"], 100),
        about=_line(plain["about"], 1_000),
        kind=_one_of("kind", kind or plain["kind"], KINDS),
        build=built_elsewhere,
        form=(Field("items", (str,), told, (OneOf(told),), "What it is applied to."),),
        presets={},
        packages=(),
        resources=(),
        source=Source(
            place.label,
            str(plain["file"]),
            int(plain["line"]),
            tuple(dict.fromkeys([*place.folders, *home.folders])),
            names,
            tuple(files),
        ),
    )


def built_elsewhere(**_: object) -> NoReturn:
    """Stands for a builder that only trials import."""
    raise AssertionError("own work is built by its trials alone")


def _field(plain: Mapping[str, Any]) -> Field:
    name = _name("parameter", plain["name"])
    bounds: list[Bound] = []
    if choices := plain.get("choices"):
        bounds.append(OneOf(*(_line(one, 60) for one in _few(f"{name}.choices", choices))))
    kinds = tuple(TYPES[one] for one in plain["types"])
    if "low" in plain:
        low, high = (_number(f"{name}.{end}", plain[end], kinds) for end in ("low", "high"))
        bounds.append(Between(low, high, _line(plain["unit"], 20)))
    field = Field(name, kinds, plain["default"], tuple(bounds), _line(plain["help"], 300))
    field.checked(field.default)
    return field


def _environment(plain: Mapping[str, Any]) -> dict[str, str]:
    return {
        _name("environment", name): _line(text, 1_000)
        for name, text in _few("environment", plain).items()
    }


def _number(what: str, value: Any, kinds: Sequence[type]) -> int | float:
    """The end of a bound, whole if the parameter is."""
    whole = int in kinds
    if isinstance(value, int if whole else int | float) and -MOST_NUMBER <= value <= MOST_NUMBER:
        return int(value) if whole else float(value)
    noun = "a whole number" if whole else "a number"
    raise Refused(what, value, f"{noun} from -{MOST_NUMBER:,} to {MOST_NUMBER:,}")


def _name(what: str, value: Any) -> str:
    usable = isinstance(value, str) and value.isidentifier() and not keyword.iskeyword(value)
    if not usable or value.startswith("__") or len(value) > 60:
        raise Refused(what, value, "a plain name of at most 60 letters, digits and _")
    return str(value)


def _one_of(what: str, value: Any, known: Sequence[Choice]) -> Choice:
    for one in known:
        if value == one:
            return one
    raise Refused(what, value, choice_of(known))


def _few(what: str, values: Any) -> Any:
    if len(values) > MANY:
        raise Refused(what, f"{len(values)} of them", f"at most {MANY}")
    return values


def _line(value: Any, most: int) -> str:
    """A text as one line of what can be printed, cut off at a length."""
    if not isinstance(value, str):
        raise TypeError("no text")
    printable = "".join(char if char.isprintable() else " " for char in value)
    return " ".join(printable.split())[:most]
