"""Logging: one line an event, on stderr."""

import logging


def log_to_stderr() -> None:
    """Send the lab's events to stderr, one line each."""
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
