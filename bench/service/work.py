"""The measuring service: claims queued runs, one at a time on a host, and measures them.

Its lifeline is its standard input: when that ends, the app that started it is gone, and so is it,
with all that it started.
"""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable

# What estimates is loaded with the service: not between trials, nor when the machine is short of
# descriptors, where what is half loaded stays broken.
import scipy.special  # noqa: F401

from bench.clock import Latest
from bench.errors import Unavailable
from bench.measure.child.turn import FREE, tell
from bench.measure.own.work import own_work
from bench.measure.processes.hostlock import host_lock
from bench.service.beating import beating
from bench.service.jobs import do
from bench.settings import Settings
from bench.store import Store

log = logging.getLogger(__name__)

# How often an idle service looks for a plan, and how often it says that it is alive, in seconds.
LOOK = 0.1
BEAT = 1.0

# How long it waits before it tries again what the database could not do, in seconds.
AGAIN = 1.0

# How often runs are removed whose time is over, in seconds.
EXPIRE = 3_600.0

# After its lifeline's end a service that does not get to its own end leaves anyway, in seconds;
# its reaper then ends what it was measuring.
LEAVE = 3.0


class Ending:
    """Whether the service has been told to end: by a signal, or by its lifeline."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def __call__(self) -> bool:
        return self._event.is_set()

    def tell(self, *_: object) -> None:
        """Tell it to end."""
        self._event.set()

    def wait(self, seconds: float) -> None:
        self._event.wait(seconds)

    def on_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.tell)

    def on_end_of_input(self) -> None:
        def watch() -> None:
            while os.read(sys.stdin.fileno(), 4_096):
                pass
            self.tell()
            time.sleep(LEAVE)
            os._exit(1)

        threading.Thread(target=watch, name="lifeline", daemon=True).start()


def work(settings: Settings, ending: Ending, app: int | None = None) -> None:
    """Measure queued runs until told to end; one cut short is interrupted, its rounds kept.

    `app` is the number of the process that serves pages beside it. While the database does not work
    (its disk is full, another program holds it), it waits.
    """
    with Store(settings) as store:
        log.info("service %d works on %s", os.getpid(), settings.database)
        with host_lock(settings.lock, "a starting service", give_up=lambda: True) as got:
            if got:
                _sweep(store)
                tell(str(settings.turn), FREE)  # so did one that was killed leave it
        beat = beating(BEAT, lambda: store.queue.service_beat(os.getpid()))
        expiring = Latest(EXPIRE, lambda: _expire(store, settings))
        said = ""
        while not ending():
            beat()
            try:
                expiring()
                waits = store.queue.waits()
                if waits:
                    _measure_next(store, settings, ending, app)
            except Unavailable as reason:
                if said != str(reason):
                    said = str(reason)
                    log.error("the service waits: %s", said)
                ending.wait(AGAIN)
            else:
                said = ""
                ending.wait(0 if waits else LOOK)
    log.info("service %d ends", os.getpid())


def _measure_next(store: Store, settings: Settings, ending: Ending, app: int | None) -> None:
    def waiting(holder: str) -> None:
        log.info("waiting for %s", holder)
        told.append(holder)

    def give_up() -> bool:
        wait()
        return ending()

    wait = beating(LOOK, lambda: store.queue.service_beat(os.getpid(), told[-1] if told else ""))
    beat = beating(BEAT, lambda: store.queue.service_beat(os.getpid()))

    def stopping() -> bool:
        beat()
        return ending()

    told: list[str] = []
    with host_lock(settings.lock, "the measuring service", waiting=waiting, give_up=give_up) as got:
        if not got:
            return
        _sweep(store)
        beat()
        for problem in own_work(stopping=stopping):
            log.warning("own work cannot be used: %s", problem)
        claimed = store.queue.claim()
        if not claimed:
            return
        end = do(claimed, store, settings, ending, beat, app)
        reason = _refusal(end)
    if reason:
        log.error("the end of %s must wait: %s", claimed.id, reason)
    # Nobody else needs to wait for the host's lock until there is room.
    while reason and not ending():
        ending.wait(AGAIN)
        reason = _refusal(end)


def _refusal(write: Callable[[], None]) -> str:
    """Write something; why the database did not take it, if it did not."""
    try:
        write()
    except Unavailable as reason:
        return str(reason)
    return ""


def _expire(store: Store, settings: Settings) -> None:
    """Remove runs whose time is over, unless somebody measures: then the next time."""
    with host_lock(settings.lock, "removing old runs", give_up=lambda: True) as got:
        for id_ in store.retention.expire() if got else ():
            log.info("run %s is removed: its time is over", id_)


def _sweep(store: Store) -> None:
    for id_ in store.queue.sweep():
        log.warning("run %s is interrupted: the service that measured it died", id_)
