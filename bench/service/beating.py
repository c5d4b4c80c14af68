"""Saying now and then that one is alive: a beat that the database cannot take now is left out."""

import logging
from collections.abc import Callable

from bench.clock import Latest
from bench.errors import Unavailable

log = logging.getLogger(__name__)


def beating(seconds: float, beat: Callable[[], bool | None]) -> Callable[[], bool]:
    """Beat at most every so many seconds; whether the last one that was taken said to stop."""
    stop, missed = False, False

    def try_to() -> bool:
        nonlocal stop, missed
        try:
            stop, missed = bool(beat()), False
        except Unavailable as reason:
            if not missed:
                log.warning("no heartbeat for now: %s", reason)
            missed = True
        return stop

    return Latest(seconds, try_to)
