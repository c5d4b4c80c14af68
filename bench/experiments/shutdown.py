"""Shutdown: what becomes of tasks, and of processes, when a program is told to end."""

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Annotated, Any

from bench.experiments import Event, Facts, Judgement, Steps, experiment
from bench.experiments import shutdown_program as program
from bench.experiments.picture import Picture
from bench.experiments.signalling import Case, signalled
from bench.forms import Between

CURED: Case = ("processes", "event and cancel_futures", "SIGTERM")

CASES: list[Case] = [
    *(("threads", way, name) for way in program.WAYS for name in ("SIGINT", "SIGTERM")),
    *(("processes", "no handler", name) for name in ("SIGINT", "SIGTERM", "SIGKILL")),
    CURED,
]

# What Python does by itself on Ctrl-C, and what a handler does that cancels nothing.
CANCELS_NOTHING = ("no handler", "handler alone", "event")

DRAWN = {
    "no handler": "no handler",
    "event": "Event",
    "cancel_futures": "cancel_futures",
    "event and cancel_futures": "both",
}

# What became of one waiting task, and of several.
BECAME = {
    "done": ("ran to its end", "ran to their end"),
    "stopped": ("began only to stop", "began only to stop"),
    "cancelled": ("was cancelled", "were cancelled"),
    "raised": ("was interrupted", "were interrupted"),
    "killed": ("was cut off", "were cut off"),
    "orphaned": ("was done for nobody", "were done for nobody"),
    "never began": ("never began", "never began"),
}


def pending(shown: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The tasks of a program that had not begun when the signal came."""
    return [task for task in shown["tasks"] if task["began"] is None or task["began"] > 0]


def judge(facts: Facts) -> Judgement:
    """Whether the tasks that wait are cancelled by Ctrl-C, counted."""
    found = {(one["pool"], one["way"], one["signal"]): one for one in facts["programs"]}
    by_itself = [found["threads", way, "SIGINT"] for way in CANCELS_NOTHING]
    waiting = [task for one in by_itself for task in pending(one)]
    cancelled = sum(task["state"] == "cancelled" for task in waiting)
    told = _told(found, facts["start_method"])
    if not waiting or any(one["seconds"] is None for one in by_itself):
        return Judgement(
            "not resolved here",
            "A program had no tasks waiting when its signal came. Try more tasks or longer steps.",
        )
    if cancelled == len(waiting):
        return Judgement("holds here", f"All {cancelled} were. {told}")
    if cancelled == 0:
        return Judgement(
            "does not hold here",
            "Leaving the with block waits for all tasks, and cancels none. " + told,
        )
    return Judgement("not resolved here", f"{cancelled} of {len(waiting)} were. {told}")


def _told(found: Mapping[Case, Mapping[str, Any]], start_method: str) -> str:
    """What was seen beside the belief, a sentence each."""
    ways = {
        "no handler": "Ctrl-C without a handler",
        "event": "A handler that sets an Event, at which tasks look",
        "cancel_futures": "shutdown(cancel_futures=True)",
        "event and cancel_futures": "Both together",
    }
    told = [f"{title}: {_became(found['threads', way, 'SIGINT'])}." for way, title in ways.items()]
    killed = found["threads", "no handler", "SIGTERM"]
    told.append(f"SIGTERM without a handler: {_became(killed)}, with exit code {killed['code']}.")
    interrupted = found["processes", "no handler", "SIGINT"]
    told.append(f"Ctrl-C with a process pool ({start_method}): {_became(interrupted)}.")
    left = {
        "SIGTERM": found["processes", "no handler", "SIGTERM"]["survivors"],
        "SIGKILL": found["processes", "no handler", "SIGKILL"]["survivors"],
        "SIGTERM with both cures": found[CURED]["survivors"],
    }
    counted = ", ".join(f"{count} after {name}" for name, count in left.items())
    why = ": they wait for tasks that nobody sends" if any(left.values()) else ""
    told.append(f"Pool processes that outlived their program: {counted}{why}.")
    return " ".join(told)


def _became(shown: Mapping[str, Any]) -> str:
    from bench.analysis.words import counted, seconds

    if shown["seconds"] is None:
        return "its workers were never all at work"
    states = Counter(task["state"] for task in pending(shown))
    told = [
        f"{counted(count, 'waiting task')} {BECAME[state][count > 1]}"
        for state, count in states.items()
    ]
    end = "had to be killed" if shown["hung"] else f"ended after {seconds(shown['seconds'])}"
    return f"{', '.join(told) or 'nothing waited'}, and the program {end}"


def picture(facts: Facts, _: Sequence[Event]) -> Picture:
    """The tasks of each program around Ctrl-C."""
    shown = [
        one
        for one in facts["programs"]
        if one["pool"] == "threads" and one["signal"] == "SIGINT" and one["way"] in DRAWN
    ]
    rows = [
        row
        for one in shown
        for number, task in enumerate(one["tasks"])
        if (row := _span(f"{DRAWN[one['way']]} {number + 1}", task))
    ]
    ends = ", ".join(
        f"{DRAWN[one['way']]} {one['seconds']:.2f} s" for one in shown if one["seconds"] is not None
    )
    return Picture(
        "spans",
        "Tasks after Ctrl-C",
        f"{len(rows)} tasks of {len(shown)} programs. From Ctrl-C to a program's end: {ends}.",
        rows,
        x="seconds from Ctrl-C",
        marks=[(0.0, "Ctrl-C")],
    )


# What has no length is drawn so long, in seconds.
_TICK = 0.01


def _span(lane: str, task: Mapping[str, Any]) -> dict[str, Any] | None:
    if task["ended"] is None:
        return None
    began = task["ended"] if task["began"] is None else task["began"]
    note, tone = _seen(task["state"], began)
    return {
        "lane": lane,
        "start": began,
        "end": max(task["ended"], began + _TICK),
        "text": f"{note}, {task['steps']} of {program.STEPS} steps done",
        "note": note,
        "tone": tone,
    }


def _seen(state: str, began: float) -> tuple[str, str]:
    """A task's end in a word or two, and how it is meant."""
    if state == "cancelled":
        return "cancelled", "good"
    if began > 0:
        return "began after it", "bad"
    return ("stopped", "good") if state == "stopped" else ("ran on", "neutral")


@experiment(
    "patterns",
    belief="On Ctrl-C the pending tasks are cancelled.",
    listings=(
        ("Bad", program.no_handler),
        ("Better", program.event),
        ("Good", program.event_and_cancel),
        ("What each task does", program.looks),
    ),
    judge=judge,
    picture=picture,
    seconds=9.0,
    deadline_s=60.0,
)
def shutdown(
    tasks: Annotated[int, Between(4, 8), "How many there are, for 3 workers."] = 5,
    step: Annotated[
        float, Between(20.0, 200.0, "ms"), "After how long a task can look; it takes 5 steps."
    ] = 100.0,
) -> Steps:
    """Graceful shutdown

    Real programs get real signals while three of their tasks run and the others wait. What has
    begun in a thread cannot be cancelled from outside: it has to look. What waits can be, if asked.
    """
    programs = []
    with ThreadPoolExecutor(2) as pool:  # they sleep most of the time
        for shown in pool.map(partial(signalled, tasks=tasks, pause=step / 1_000), CASES):
            programs.append(shown)
            yield _event(shown)
    return {"workers": program.WORKERS, "programs": programs}


def _event(shown: Mapping[str, Any]) -> dict[str, Any]:
    states = Counter(task["state"] for task in shown["tasks"])
    return {
        "pool": shown["pool"],
        "way": shown["way"],
        "signal": shown["signal"],
        "tasks": ", ".join(f"{count} {state}" for state, count in states.items()),
        "seconds": shown["seconds"] and round(shown["seconds"], 2),
        "exit_code": "never ended" if shown["hung"] else shown["code"],
        "survivors": shown["survivors"],
    }
