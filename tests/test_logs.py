"""What the lab logs can be read line by line."""

import logging

from bench.logs import OneLine


def test_an_event_is_one_line_with_its_traceback() -> None:
    try:
        raise ValueError("first\nsecond")
    except ValueError as error:
        told = (ValueError, error, error.__traceback__)
        record = logging.LogRecord("lab", logging.ERROR, "x.py", 1, "run %s\nbroke", ("7",), told)
    line = OneLine("%(levelname)s %(message)s").format(record)
    assert line.startswith("ERROR run 7 | broke | Traceback (most recent call last): | File ")
    assert line.endswith("ValueError: first | second")
    assert "\n" not in line
