"""A function's signature as a form: fields with defaults, bounds and help.

The same signature makes the form on the page, the options of the command line and the checks in
the validator. Parameters that can be passed by position are the form; a workload's keyword-only
parameters, or an experiment's, are what the lab provides (see `bench.resources`).
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from bench.errors import Refused

Value = int | float | str | bool


@dataclass(frozen=True)
class Between:
    """A number from `low` to `high`, both included; whole if both ends are `int`.

    `unit` is shown behind the number.
    """

    low: float
    high: float
    unit: str = ""

    @property
    def whole(self) -> bool:
        return isinstance(self.low, int) and isinstance(self.high, int)

    def holds(self, value: Value) -> bool:
        if isinstance(value, bool | str) or (self.whole and isinstance(value, float)):
            return False
        return self.low <= value <= self.high  # false for NaN and infinities, too

    def told(self) -> str:
        noun = "a whole number" if self.whole else "a number"
        unit = f" {self.unit}" if self.unit else ""
        low, high = (f"{end:,}".removesuffix(".0") for end in (self.low, self.high))
        return f"{noun} from {low} to {high}{unit}"


@dataclass(frozen=True, init=False)
class OneOf:
    """One of the named choices."""

    choices: tuple[str, ...]

    def __init__(self, *choices: str) -> None:
        object.__setattr__(self, "choices", choices)

    def holds(self, value: Value) -> bool:
        return value in self.choices

    def told(self) -> str:
        return "one of " + ", ".join(self.choices)


Bound = Between | OneOf


@dataclass(frozen=True)
class Field:
    """One value of a form: its name, accepted types, default, bounds (any may hold) and help."""

    name: str
    kinds: tuple[type, ...]
    default: Value
    bounds: tuple[Bound, ...]
    help: str = ""

    @property
    def unit(self) -> str:
        """The unit of its numbers; empty if they have none."""
        units = (bound.unit for bound in self.bounds if isinstance(bound, Between))
        return next(filter(None, units), "")

    def behind(self) -> str:
        """The unit as it stands behind a number: 5 ms, 50%."""
        return self.unit if self.unit in ("", "%") else f" {self.unit}"

    def told(self) -> str:
        """The bound in words, as it stands in a refusal."""
        return " or ".join(bound.told() for bound in self.bounds)

    def checked(self, value: object, prefix: str = "") -> Value:
        """The value if a bound holds for it, numbers in the field's own type. Raises Refused."""
        number = value
        if isinstance(value, float) and value.is_integer() and float not in self.kinds:
            number = int(value)
        if isinstance(number, int | float | str) and any(
            bound.holds(number) for bound in self.bounds
        ):
            return float(number) if self.kinds == (float,) else number
        raise Refused(prefix + self.name, value, self.told())

    def read(self, text: str, prefix: str = "") -> Value:
        """The value that a text (from a command line) stands for. Raises Refused."""
        for kind in self.kinds:
            try:
                return self.checked(kind(text), prefix)
            except ValueError:
                continue
        raise Refused(prefix + self.name, text, self.told())

    def as_json(self) -> dict[str, object]:
        """The field as plain data: name, types, default, bounds, unit and help."""
        out: dict[str, object] = {
            "name": self.name,
            "types": [kind.__name__ for kind in self.kinds],
            "default": self.default,
        }
        for bound in self.bounds:
            if isinstance(bound, Between):
                out |= {"low": bound.low, "high": bound.high, "unit": bound.unit}
            else:
                out["choices"] = list(bound.choices)
        return out | {"help": self.help}


Form = tuple[Field, ...]


def form_of(function: Callable[..., Any], *, keyword_only: bool = False) -> Form:
    """The form that a function's signature spells (or, for options, its keyword-only part).

    Each parameter needs a default and at least one bound: `n: Annotated[int, Between(1, 9)] = 3`.
    A plain string in the annotation is its help. Raises TypeError for a signature that is no form.
    """
    hints = get_type_hints(function, include_extras=True)
    wanted = (
        inspect.Parameter.KEYWORD_ONLY if keyword_only else inspect.Parameter.POSITIONAL_OR_KEYWORD
    )
    parameters = inspect.signature(function).parameters.values()
    return tuple(
        _field(parameter, hints.get(parameter.name))
        for parameter in parameters
        if parameter.kind is wanted and parameter.name not in ("self", "workers")
    )


def _field(parameter: inspect.Parameter, hint: Any) -> Field:
    if get_origin(hint) is not Annotated or parameter.default is inspect.Parameter.empty:
        raise TypeError(f"{parameter.name}: give it a default and Annotated[type, bound]")
    plain, *extras = get_args(hint)
    bounds = tuple(extra for extra in extras if isinstance(extra, Between | OneOf))
    notes = [extra for extra in extras if isinstance(extra, str)]
    kinds = get_args(plain) or (plain,)
    field = Field(parameter.name, kinds, parameter.default, bounds, " ".join(notes))
    field.checked(parameter.default)
    return field


def filled(form: Form, values: Mapping[str, object], prefix: str = "") -> dict[str, Value]:
    """Every field's value: the given one, checked, else its default. Raises Refused."""
    names = [field.name for field in form]
    for name in values:
        if name not in names:
            raise Refused(prefix + "parameter", name, choice_of(names))
    return {
        field.name: field.checked(values[field.name], prefix)
        if field.name in values
        else field.default
        for field in form
    }


def choice_of(names: Sequence[str]) -> str:
    """The bound of a name in words: which ones there are."""
    return "one of " + ", ".join(names) if names else "left out, as there is nothing to set"
