"""Listening to a child: its channel, what it prints, its death, and whatever cuts it short."""

import json
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import psutil

from bench.measure.processes.groups import dumping

# The last part of what a child prints is kept, in bytes; an event may be longer than any sample.
OUTPUT_KEPT = 16_384
MOST_EVENT = 262_144

# An error is told in so many characters.
MOST_MESSAGE = 2_000

EVENTS = ("sample", "described", "facts", "failed")

# How often the parent looks up while a child is silent, in seconds: for stop, limits and death.
LOOK_UP = 0.1

# How long a process may take to say where it is before it is ended at a limit, in seconds.
DUMP = 2.0


@dataclass(frozen=True)
class Ended:
    """How a child ended: its event, or a failure code with one sentence; and what it printed.

    `traceback` is that of a child that told an error (it is in the output, too), `note` the last
    that a child noted.
    """

    event: Mapping[str, Any] | None
    code: str = ""
    message: str = ""
    output: str = ""
    traceback: str = ""
    note: str = ""


class Stopped(Exception):
    """The run was asked to stop while a child was working; the child has been ended."""


@dataclass(frozen=True)
class Limit:
    """A limit that a child has passed: the failure's code and sentence."""

    code: str
    message: str


def listen(
    process: subprocess.Popen[bytes],
    channel: int,
    passed: Callable[[], Limit | None],
    stopping: Callable[[], bool],
    telling: Callable[[Any], None],
) -> Ended:
    """Wait for a child's last event; ends it once it has `passed` a limit, or raises Stopped."""
    assert process.stdout
    printed = process.stdout.fileno()
    event, output = b"", b""
    with selectors.DefaultSelector() as selector:
        selector.register(channel, selectors.EVENT_READ)
        selector.register(printed, selectors.EVENT_READ)
        while True:
            died = process.poll() is not None
            ready = [key.fd for key, _ in selector.select(0 if died else LOOK_UP)]
            if printed in ready:
                more = os.read(printed, 65_536)
                output = (output + more)[-OUTPUT_KEPT:]
                if not more:
                    selector.unregister(printed)
            if channel in ready:
                more = os.read(channel, 65_536)
                event, last = _passed_on(event + more, telling)
                if last is not None or len(event) > MOST_EVENT:
                    return _told(event if last is None else last, output)
                if not more:
                    selector.unregister(channel)  # at its end it is always ready, and says nothing
            # A pool's workers may keep the channel open after the child's death: no end is seen.
            if died and channel not in ready:
                return Ended(None, "silent", _how_it_ended(process.returncode), text(output))
            if limit := passed():
                for one in dumping(process):
                    output = _until_it_ends(one, printed, output)
                return Ended(None, limit.code, limit.message, text(output))
            if stopping():
                raise Stopped


def _passed_on(told: bytes, telling: Callable[[Any], None]) -> tuple[bytes, bytes | None]:
    """What is not a whole line yet, and the first line that is no step; steps are passed on."""
    while b"\n" in told:
        line, _, told = told.partition(b"\n")
        try:
            event = json.loads(line)
        except (ValueError, RecursionError):
            return told, line
        if not isinstance(event, dict) or event.get("event") != "step":
            return told, line
        telling(event.get("step"))
    return told, None


def _until_it_ends(process: psutil.Process, printed: int, output: bytes) -> bytes:
    """What was printed so far, and what a process prints before it ends."""
    until = time.monotonic() + DUMP
    lives, more = True, b""
    with selectors.DefaultSelector() as selector:
        selector.register(printed, selectors.EVENT_READ)
        while (lives or more) and time.monotonic() < until:
            lives = _lives(process)
            more = os.read(printed, 65_536) if selector.select(0.01) else b""
            output = (output + more)[-OUTPUT_KEPT:]
    return output


def _lives(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _told(event: bytes, output: bytes) -> Ended:
    try:
        told = json.loads(event.split(b"\n")[0])
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or told.get("event") not in EVENTS:
        return Ended(None, "garbage", "Its channel held something that is no event.", text(output))
    if told["event"] == "failed":
        traceback = str(told.get("traceback", "")).encode("utf-8", "replace")
        error = text(str(told.get("error", "")).encode("utf-8", "replace"))
        kept = text((output + traceback)[-OUTPUT_KEPT:])
        message = " ".join(error.split())[:MOST_MESSAGE]
        return Ended(None, "raised", message, kept, text(traceback))
    return Ended(told, output=text(output))


def _how_it_ended(code: int) -> str:
    if code < 0:
        names = {number.value: number.name for number in signal.Signals}
        name = names.get(-code, -code)
        return f"Its process was killed by signal {name} before it had a result."
    return f"Its process ended with exit code {code} before it had a result."


def text(output: bytes) -> str:
    """What was written, without control codes."""
    read = output.decode("utf-8", "replace")
    return "".join(char if char.isprintable() or char == "\n" else "?" for char in read)
