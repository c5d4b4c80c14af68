"""Making one profile, for the service and the command line alike."""

import logging
from collections.abc import Callable
from dataclasses import replace

from bench.errors import Refused, Unavailable, machine_refused
from bench.measure.host.known import Known, known_interpreters
from bench.measure.processes.listening import Stopped
from bench.measure.profiling import DEADLINE, Unprofiled, profiled
from bench.profiles import Profiling

log = logging.getLogger(__name__)


def profile(
    asked: Profiling,
    *,
    stopping: Callable[[], bool],
    seconds: float = DEADLINE,
    most_bytes: int | None = None,
    known: Known = known_interpreters,
) -> Profiling:
    """Make a profile; it comes back with what was found and its last state. Under the host's lock.

    What takes longer than so many seconds, or holds more bytes, is ended with its whole tree.
    """
    try:
        found = profiled(
            asked.wanted, seconds=seconds, most_bytes=most_bytes, stopping=stopping, known=known
        )
    except Stopped:
        return replace(asked, state="stopped")
    except Unprofiled as broken:
        log.info("profile %s of %s: %s", asked.id, asked.wanted.workload, broken)
        return replace(asked, state="failed", error=str(broken), output=broken.output)
    except (Refused, Unavailable) as refusal:
        return replace(asked, state="failed", error=str(refusal))
    except OSError as error:
        return replace(asked, state="failed", error=machine_refused(error))
    return replace(asked, state="done", profile=found)
