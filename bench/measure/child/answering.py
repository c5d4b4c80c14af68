"""A child's manners: one request in, one event out, whatever happens in between.

The request comes in as one line on standard input; the event goes out on the file descriptor named
by the first argument, so that work that prints does not disturb it. Before it there may be steps.
Standard library only.
"""

import json
import os
import sys
import traceback
from collections.abc import Callable, Generator, Mapping
from contextlib import suppress
from typing import Any

from bench.errors import Broken, Refused, Unavailable

Event = Mapping[str, Any]

# The file in a child's folder in which it notes what it is about to do; its parent made it.
NOTE = ".note"


def answer(event_of: Callable[[Event], Event | Generator[Any, None, Event]]) -> int:
    """Answer one request; the exit code is 0 unless the channel itself failed.

    A generator yields steps, which are told at once, and returns the event.
    """
    channel, own = int(sys.argv[1]), os.getpid()
    os.set_inheritable(channel, False)
    request = json.loads(sys.stdin.readline())
    _end_input()
    try:
        made = event_of(request)
        event = _stepped(made, channel) if isinstance(made, Generator) else made
    except BaseException as error:  # noqa: BLE001  whatever ends the work is told, SystemExit too
        event = failed(error)
    if os.getpid() == own:  # not a copy of it, which the work forked and let run on
        _write(channel, event)
    return 0


def _stepped(made: Generator[Any, None, Event], channel: int) -> Event:
    while True:
        try:
            step = next(made)
        except StopIteration as end:
            event: Event = end.value
            return event
        _write(channel, {"event": "step", "step": step})


def _write(channel: int, event: Event) -> None:
    line = json.dumps(event).encode() + b"\n"
    while line:
        line = line[os.write(channel, line) :]


def _end_input() -> None:
    """Nobody answers what the work may ask: it is not to wait for it."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)


def opened_note() -> int | None:
    """The descriptor of the child's note; None if it has none."""
    with suppress(KeyError, OSError):
        return os.open(os.path.join(os.environ["TMPDIR"], NOTE), os.O_WRONLY)  # noqa: PTH118
    return None


def note(file: str, line: int, name: str) -> None:
    """Leave word of whose turn it is, for the parent to say if nothing else is heard."""
    descriptor = opened_note()
    if descriptor is not None:
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{line:<9} {name} {file}".encode("utf-8", "replace"))
        os.close(descriptor)


def failed(error: BaseException) -> Event:
    """An error as an event: of several that were raised together, the first one."""
    together = error
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return {
        "event": "failed",
        "error": said(error)[:2_000],
        "traceback": "".join(traceback.format_exception(together))[-8_000:],
    }


def said(error: BaseException) -> str:
    """An error as its traceback ends; what is a sentence already stands for itself."""
    if isinstance(error, Refused | Unavailable | Broken):
        return str(error)
    if isinstance(error, SyntaxError):  # its lines before that tell the place
        return f"{type(error).__name__}: {error.msg}"
    return "".join(traceback.format_exception_only(error)).strip()
