"""What a plan may vary: one parameter or option over several values."""

from collections.abc import Iterable, Sequence

import streamlit as st

from bench.asking.sweeps import sweepable
from bench.errors import Refused
from bench.executors import find_executor
from bench.forms import Between, Field, OneOf, Value
from bench.plan import spoken
from bench.workloads import Workload
from pages.parts.shared import plain

NOTHING = "nothing"

# What the default is divided by for the first values: less work takes no longer than the default,
# and shows from where on it is worth sharing. The first of them that fits.
_DIVISORS = ((100, 10, 1), (64, 8, 1), (25, 5, 1), (4, 2, 1))


def sweep_form(workload: Workload, executors: Iterable[str]) -> tuple[str, Sequence[Value]] | None:
    """Draw the choice; the name and its values, or None. Raises Refused for what is no value."""
    known = sweepable(workload, [find_executor(name) for name in executors])
    parameters = {field.name for field in workload.form}
    with st.container(horizontal=True):
        chosen = st.selectbox(
            "Vary",
            [NOTHING, *known],
            format_func=lambda name: (
                spoken(name) if name in {NOTHING, *parameters} else f"{spoken(name)} · option"
            ),
            key=sweep_key(workload),
            help="One parameter, or an option that all chosen executors have, takes several values "
            "in turn: one run, a line for each executor, and where it breaks even.",
            width=200,
            persist_state="session",
        )
        if chosen not in known:
            return None
        field = known[chosen]
        text = st.text_input(
            f"over these values{_unit(field)}",
            value=written(first_values(field)),
            key=sweep_key(workload, chosen),
            max_chars=1_000,
            help="With commas between them, and none within a number.",
            persist_state="session",
        )
    place = "above" if chosen in parameters else "among the options"
    st.caption(
        plain(
            f"{field.help} Each value is {field.told()}. "
            f"They take the place of the {spoken(chosen)} {place}."
        )
    )
    return chosen, [field.read(part, "sweep.") for part in _parts(text)]


def _parts(text: str) -> list[str]:
    parts = [part.strip() for part in text.split(",")]
    if not all(parts):
        raise Refused("sweep", text, "values with commas between them", "such as 1, 10, 100")
    return parts


def _unit(field: Field) -> str:
    return f" ({field.unit})" if field.unit else ""


def sweep_key(workload: Workload, name: str = "") -> str:
    """The key of the choice of what is varied, or of the values of what has that name."""
    return f"{workload.name}.sweep.{name}" if name else f"{workload.name}.sweep"


def written(values: Sequence[Value]) -> str:
    """Values as they stand in their field: 1, 10, 100."""
    return ", ".join(str(value).removesuffix(".0") for value in values)


def first_values(field: Field) -> list[Value]:
    """Values to begin with: all choices, or the default with some below it."""
    choices: list[Value] = [
        choice for bound in field.bounds if isinstance(bound, OneOf) for choice in bound.choices
    ]
    numbers = [bound for bound in field.bounds if isinstance(bound, Between)]
    return choices or _up_to(float(field.default), numbers[0])


def _up_to(default: float, bound: Between) -> list[Value]:
    """Shares in quarters, other numbers up to the default; from it on if it is among the least."""
    if bound.unit == "%":
        return [bound.low + (bound.high - bound.low) * part / 4 for part in range(5)]
    series = [[default / by for by in divisors] for divisors in _DIVISORS]
    within = [values for each in series if (values := _within(each, bound))]
    above = [default, 2 * default, 4 * default] if default else [0, 1, 10, 100]
    if bound.whole:
        within.sort(key=lambda values: any(default % float(value) for value in values))
    return [*within, _within(above, bound)][0]


def _within(values: Sequence[float], bound: Between) -> list[Value]:
    """The values as the field takes them; none if one is out of bounds or comes twice."""
    taken: list[Value] = [int(value) if bound.whole else float(f"{value:.6g}") for value in values]
    return taken if all(map(bound.holds, taken)) and len(set(taken)) == len(taken) else []
