"""The operator's own work: known by its description, which a child gives of it.

    mine.py ──► a child imports it ──► description ──► Workloads, beside the lab's own
                        └──► or what is wrong with it: file, line, error

Nobody's code runs in the app, the service or the command line, only in children with a deadline.
What was told holds until a file that it depends on changes; then it is asked for again.
"""

import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from bench.errors import Broken, Refused, Unavailable
from bench.measure.own.descriptions import NONSENSE, function_from, workload_from
from bench.measure.own.sources import Place, function_in, place_of, stamp
from bench.measure.processes.frames import Frame, located, mentioned, told
from bench.measure.processes.groups import Reaper
from bench.measure.processes.listening import Ended, Stopped
from bench.measure.processes.running import python_path, run_child
from bench.settings import settings
from bench.workloads import Workload, adopt
from bench.workloads.source import Source

COMMAND = (sys.executable, "-m", "bench.measure.child.describe")

# What is wrong is told in so many characters.
MOST = 500

# How long a module may take to be imported, in seconds.
IMPORT = 20.0

NOTHING = (
    "nothing in it is marked with @bench.workload; mark a function that builds work, or run two "
    "of its names from the command line, as in {label}:TASK --items {label}:ITEMS."
)
NO_SENSE = "what it tells of itself makes no sense."
NOT_FOUND = (
    "Install it for the lab's Python, or import it where it is used and name it in packages."
)


@dataclass(frozen=True)
class Answer:
    """What was told of a place, what is wrong with it, and the files that it depends on."""

    workloads: tuple[Workload, ...]
    problems: tuple[str, ...]
    files: tuple[str, ...]
    stamp: tuple[object, ...]

    @property
    def holds(self) -> bool:
        """Whether the files are as they were when it was told."""
        return self.stamp == stamp(self.files)


_answers: dict[Place, Answer] = {}
_asking = threading.Lock()
_problems: tuple[str, ...] = ()


def own_work(
    named: Sequence[str] = (),
    *,
    seconds: float = IMPORT,
    stopping: Callable[[], bool] = lambda: False,
) -> tuple[str, ...]:
    """Let all rooms know the operator's own work as it is now; what is wrong with it.

    It comes from the files and modules that are `named`, and from those of the setting. A module
    may take `seconds` to be imported. While another thread asks, what is known already stands.
    """
    global _problems
    if _asking.acquire(blocking=False):
        try:
            with suppress(Stopped):
                known, problems = _known([*named, *settings().workloads], seconds, stopping)
                adopt(known)
                _problems = tuple(problems)
        except (OSError, Unavailable) as error:
            _problems = (f"Nobody could be asked for it: {error}",)
        finally:
            _asking.release()
    return _problems


def function_work(task: str, items: str, kind: str | None = None) -> Workload:
    """The work that `mine.py:resize` does on `mine.py:photos`; all rooms know it from now on.

    Raises Refused for names that are none, Broken for what is wrong with the files.
    """
    here, there = function_in(task), function_in(items)
    request = {
        "module": here[0].module,
        "file": here[0].file,
        "task": here[1],
        "items_module": there[0].module,
        "items_file": there[0].file,
        "items": there[1],
    }
    folders = (*here[0].folders, *there[0].folders)
    with Reaper() as reaper:
        ended = _asked(request, folders, reaper, IMPORT, lambda: False)
    if ended.event is None:
        raise Broken(_problem(ended, here[0], IMPORT))
    try:
        plain, files = ended.event["workloads"][0], _files(ended.event, here[0])
        work = function_from(plain, here, there, files, kind)
    except Refused:
        raise
    except NONSENSE:
        raise Broken(f"{here[0].label}: {NO_SENSE}") from None
    adopt([work])
    return work


def _known(
    texts: Sequence[str], seconds: float, stopping: Callable[[], bool]
) -> tuple[list[Workload], list[str]]:
    """All own workloads, each name once, and what is wrong with the others."""
    problems: list[str] = []
    places: dict[str, Place] = {}
    for text in texts:
        try:
            place = place_of(text)
            places[place.file] = place
        except Refused as refusal:
            problems.append(str(refusal))
    _ask_anew([one for one in places.values() if not _holds(one)], seconds, stopping)
    known: dict[str, Workload] = {}
    for place in places.values():
        answer = _answers[place]
        problems += answer.problems
        for work in answer.workloads:
            if known.setdefault(work.name, work) is not work:
                bound = f"another name than that of {_defined(known[work.name])}"
                problems.append(f"{_defined(work)}: {Refused('workload', work.name, bound)}")
    return list(known.values()), problems


def _defined(work: Workload) -> str:
    assert work.source
    return told(Frame(work.source.file, work.source.line), work.source)


def _holds(place: Place) -> bool:
    return place in _answers and _answers[place].holds


def _ask_anew(places: Sequence[Place], seconds: float, stopping: Callable[[], bool]) -> None:
    if places:
        with Reaper() as reaper:
            for place in places:
                before = stamp([place.file])
                request = {"module": place.module, "file": place.file}
                ended = _asked(request, place.folders, reaper, seconds, stopping)
                answer = _answer(ended, place, seconds)
                changed = stamp([place.file]) != before  # while it was read
                _answers[place] = replace(answer, stamp=()) if changed else answer


def _asked(
    request: Mapping[str, str],
    folders: Sequence[str],
    reaper: Reaper,
    seconds: float,
    stopping: Callable[[], bool],
) -> Ended:
    path = {"PYTHONPATH": python_path(*folders)}
    return run_child(
        COMMAND,
        request,
        reaper=reaper,
        seconds=seconds,
        most_bytes=settings().trial_bytes,
        environment=path,
        stopping=stopping,
    )


def _answer(ended: Ended, place: Place, seconds: float) -> Answer:
    if ended.event is None:
        files = (place.file, *mentioned(ended.traceback, place.file))
        return Answer((), (_problem(ended, place, seconds),), files, stamp(files))
    workloads: list[Workload] = []
    problems: list[str] = []
    files = (place.file,)
    try:
        files = _files(ended.event, place)
        for plain in ended.event["workloads"]:
            try:
                workloads.append(workload_from(plain, place, files))
            except Refused as refusal:
                frame = Frame(str(plain["file"]), int(plain["line"]), str(plain["name"]))
                problems.append(f"{told(frame, _source(place))}: {refusal}")
    except NONSENSE:
        problems.append(f"{place.label}: {NO_SENSE}")
    if not (workloads or problems):
        problems.append(f"{place.label}: {NOTHING.format(label=place.label)}")
    return Answer(tuple(workloads), tuple(problems), files, stamp(files))


def _files(event: Mapping[str, Any], place: Place) -> tuple[str, ...]:
    return tuple(dict.fromkeys([place.file, *map(str, event["files"])]))


def _problem(ended: Ended, place: Place, seconds: float) -> str:
    """Why a module could not be imported, with file and line."""
    if ended.code == "deadline":
        ended = replace(ended, message=f"Its import took longer than {seconds:g} s and was ended.")
    sentence = located(ended, _source(place), "<module>")
    if len(sentence) > MOST:
        sentence = f"{sentence[:MOST]}…"
    return f"{sentence}. {NOT_FOUND}" if "ModuleNotFoundError: " in sentence else sentence


def _source(place: Place) -> Source:
    return Source(place.label, place.file)
