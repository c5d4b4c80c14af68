"""Logging: one event a line, on stderr; a line that is about a run names its id."""

import logging


class OneLine(logging.Formatter):
    """An event as one line: what it says over several lines, a traceback too, is joined."""

    def format(self, record: logging.LogRecord) -> str:
        lines = super().format(record).splitlines()
        return " | ".join(line.strip() for line in lines if line.strip())


def log_to_stderr() -> None:
    """Send the lab's events to stderr, one line each."""
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
