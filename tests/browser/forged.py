"""States of widgets that no page offers, as somebody may send them."""

from collections.abc import Callable, Mapping

from streamlit.proto.Common_pb2 import StringArray
from streamlit.proto.WidgetStates_pb2 import WidgetState

from bench.plan import PRECISIONS, Plan


def click(id_: str) -> WidgetState:
    return WidgetState(id=id_, trigger_value=True)


def number(id_: str, value: float) -> WidgetState:
    return WidgetState(id=id_, double_value=value)


def texts(id_: str, *values: str) -> WidgetState:
    return WidgetState(id=id_, string_array_value=StringArray(data=values))


# What a widget of that key is said to hold, which it never offered.
FORGED: Mapping[str, Callable[[str], WidgetState]] = {
    "primes.limit": lambda id_: number(id_, 1e12),
    "workers.cpu": lambda id_: texts(id_, "100000"),
    "precision": lambda id_: texts(id_, "for ever"),
    "interpreters": lambda id_: texts(id_, "/bin/sh"),
    "workload": lambda id_: WidgetState(id=id_, string_value="../../etc/passwd"),
    "threads.chunk": lambda id_: WidgetState(id=id_, string_value="1000000000"),
}


def is_offered(plan: Plan) -> bool:
    """Whether the Lab's form offers such a plan of primes, whatever was sent."""
    return (
        plan.workload == "primes"
        and float(plan.parameters["limit"]) <= 5_000_000
        and all(one.workers <= 64 for one in plan.contenders)
        and plan.precision in PRECISIONS
    )
