"""The global interpreter lock of this interpreter."""

import sys


def gil_enabled() -> bool:
    """Whether this interpreter runs with a global interpreter lock right now.

    A free-threaded build may be told to, or switch it on for an extension that asks for it.
    """
    probe = getattr(sys, "_is_gil_enabled", None)
    return True if probe is None else bool(probe())
