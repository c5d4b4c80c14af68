"""What the lab provides to those who ask for it: keyword-only parameters, each by its name.

`server` is the address of the lab's own web server (see `bench.measure.processes.loopback`).
"""

import inspect
from collections.abc import Callable

from bench.errors import Refused
from bench.forms import choice_of

RESOURCES = ("server",)


def resources_of(function: Callable[..., object]) -> tuple[str, ...]:
    """The resources that a function asks for. Raises Refused for one that there is not."""
    parameters = inspect.signature(function).parameters.values()
    names = tuple(one.name for one in parameters if one.kind is inspect.Parameter.KEYWORD_ONLY)
    for name in names:
        if name not in RESOURCES:
            raise Refused("keyword-only parameter", name, choice_of(RESOURCES))
    return names
