"""What a plan may vary: one parameter or option over several values."""

from collections.abc import Iterable, Sequence

import streamlit as st

from bench.errors import Refused
from bench.executors import find_executor
from bench.forms import Between, Field, OneOf, Value
from bench.plan import spoken
from bench.sweeps import sweepable
from bench.workloads import Workload

NOTHING = "nothing"


def sweep_form(workload: Workload, executors: Iterable[str]) -> tuple[str, Sequence[Value]] | None:
    """Draw the choice; the name and its values, or None. Raises Refused for what is no value."""
    known = sweepable(workload, [find_executor(name) for name in executors])
    with st.container(horizontal=True):
        chosen = st.selectbox(
            "Vary",
            [NOTHING, *known],
            format_func=spoken,
            key=f"{workload.name}.sweep",
            help="One parameter, or an option that all chosen executors have, takes several values "
            "in turn: one run, a line for each executor, and where it breaks even.",
            width=200,
            persist_state="session",
        )
        if chosen not in known:
            return None
        field = known[chosen]
        text = st.text_input(
            "over these values",
            value=", ".join(_offered(field)),
            key=f"{workload.name}.sweep.{chosen}",
            max_chars=400,
            help=f"{field.help} Each is {field.told()}.",
            persist_state="session",
        )
    return chosen, [field.read(part, "sweep.") for part in _parts(text)]


def _parts(text: str) -> list[str]:
    parts = [part.strip() for part in text.split(",")]
    if not all(parts):
        raise Refused("sweep", text, "values with commas between them", "such as 1, 10, 100")
    return parts


def _offered(field: Field) -> list[str]:
    """Values to begin with: all choices, or the default with what lies around it."""
    choices = [
        choice for bound in field.bounds if isinstance(bound, OneOf) for choice in bound.choices
    ]
    for bound in field.bounds:
        if isinstance(bound, Between) and not choices:
            return [f"{value:g}" for value in _around(float(field.default), bound)]
    return choices


def _around(default: float, bound: Between) -> list[float]:
    """Shares in quarters; other numbers as the default with what is ten times less and more."""
    if bound.unit == "%":
        return [bound.low + (bound.high - bound.low) * part / 4 for part in range(5)]
    near = sorted({default / 10, default, default * 10} if default else {0, 1, 10, 100})
    values = [int(value) if bound.whole else value for value in near]
    return [value for value in values if bound.holds(value)]
