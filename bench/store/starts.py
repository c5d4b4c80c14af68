"""How often one person starts something: bounded by the minute and the hour, over restarts."""

import math
import time
from collections.abc import Callable

from bench.access import Who
from bench.errors import Refused
from bench.settings import Settings
from bench.store.database import Database

MINUTE, HOUR = 60.0, 3_600.0


class Starts:
    """What was started within the last hour. `clock` gives seconds since the epoch."""

    def __init__(
        self, database: Database, settings: Settings, clock: Callable[[], float] = time.time
    ) -> None:
        self._database, self.clock = database, clock
        self._bounds = {MINUTE: settings.starts_minute, HOUR: settings.starts_hour}

    def count(self, who: Who) -> None:
        """Count one more for them. Raises Refused for one too many, and counts nothing then."""
        if who.operator or not who.person:
            return
        now = self.clock()
        with self._database.transaction():
            # What is kept of people is kept no longer than it is needed.
            self._database.rows("DELETE FROM starts WHERE at <= ?", (now - HOUR,))
            for span, most in self._bounds.items():
                self._check(who.person, now, span, most)
            self._database.rows("INSERT INTO starts VALUES (?, ?)", (who.person, now))

    def _check(self, person: str, now: float, span: float, most: int) -> None:
        rows = self._database.rows(
            "SELECT at FROM starts WHERE person = ? AND at > ? ORDER BY at", (person, now - span)
        )
        if len(rows) < most:
            return
        name = "minute" if span == MINUTE else "hour"
        # There is room again once the last but so many has left the span.
        wait = max(1, math.ceil(rows[-most]["at"] + span - now))
        raise Refused(
            "your starts",
            f"{len(rows)} in the last {name}",
            f"at most {most}",
            f"try again in {wait} s" if wait < 90 else f"try again in {math.ceil(wait / 60)} min",
        )
