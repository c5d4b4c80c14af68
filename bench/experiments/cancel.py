"""Cancelling: which work stops, how soon, and what goes on."""

from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import Annotated, Any

from bench.experiments import Event, Facts, Judgement, Steps, cancelling, experiment
from bench.experiments.cancelling import BY_CANCEL, WAYS, missing
from bench.experiments.picture import Picture
from bench.experiments.watched import PAUSE, Watch
from bench.forms import Between

# Ways that end a process as the system can: it has no say.
ENDED = ("process.terminate()", "process.kill()")


def observed(way: str, steps: int, runs: int) -> dict[str, Any]:
    """What became of work of so many steps in so many runs; times are medians in ms."""
    said, seen = "", []
    for _ in range(runs):
        with Watch(steps) as watch:
            said = WAYS[way](watch)
            seen.append(watch.over())
    let_go = [one["let_go_ms"] for one in seen if one["let_go_ms"] is not None]
    return {
        "said": said,
        "runs": runs,
        "stopped": sum(one["stopped"] for one in seen),
        "finally": sum(one["finally"] for one in seen),
        "steps": [one["steps"] for one in seen],
        "ms": median(one["ms"] for one in seen),
        "let_go_ms": median(let_go) if let_go else None,
    }


def judge(facts: Facts) -> Judgement:
    """Whether all work whose cancel() was called stopped, counted."""
    ways = {name: facts["ways"][name] for name in BY_CANCEL}
    stopped = [name for name, one in ways.items() if one["stopped"] == one["runs"]]
    went_on = [name for name, one in ways.items() if one["stopped"] == 0]
    rest = " ".join(_rest(facts["ways"]))
    if len(stopped) == len(ways):
        return Judgement("holds here", f"It stopped all {len(ways)} kinds of work. {rest}")
    if not went_on:
        return Judgement("not resolved here", f"Some work stopped only at times. {rest}")
    agreed = sum(ways[name]["said"] == "True" for name in went_on)
    return Judgement(
        "does not hold here",
        f"It stopped {len(stopped)} of {len(ways)} kinds of work; the others went on to their "
        f"end ({', '.join(went_on)}), although it said True to {agreed} of them. {rest}",
    )


def _rest(ways: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """What was seen beside the belief, a sentence each."""
    task, thread = ways["asyncio task"], ways["asyncio.to_thread()"]
    asked = ways["thread with an Event"]
    yield f"An asyncio task ended {_ms(task['ms'])} later, at the await where it was."
    yield (
        f"With asyncio.to_thread the await ended after {_ms(thread['let_go_ms'])}, the thread "
        f"after {_ms(thread['ms'])}: nothing stops a thread from outside."
    )
    if asked["stopped"]:
        yield f"One that looks at an Event stopped after {_ms(asked['ms'])}."
    killed = [name for name in ENDED if not ways[name]["finally"]]
    if killed:
        yield (
            f"A process was gone {_ms(max(ways[name]['ms'] for name in killed))} after "
            f"{' or '.join(killed)}, and its finally did not run."
        )


def _ms(value: float) -> str:
    from bench.analysis.words import digits

    return f"{digits(value, 2)} ms"


def _about(value: float) -> str:
    return "< 1 ms" if value < 1 else f"{value:.0f} ms"


def picture(facts: Facts, _: Sequence[Event]) -> Picture:
    """What each way says and does."""
    rows = [
        {"row": name, "column": column, "text": text, "tone": tone}
        for name, one in facts["ways"].items()
        for column, text, tone in _cells(one)
    ]
    stopped = sum(one["stopped"] == one["runs"] for one in facts["ways"].values())
    absent = "".join(f" {name} {why}." for name, why in facts["left_out"].items())
    return Picture(
        "grid",
        "What stops",
        f"Work of {facts['whole_ms']:.0f} ms, cancelled at its first step: {stopped} of "
        f"{len(facts['ways'])} ways stop it.{absent}",
        rows,
    )


def _cells(one: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    stops, tidies = one["stopped"] == one["runs"], one["finally"] == one["runs"]
    never = not any(one["steps"])
    return [
        ("says", one["said"], "neutral"),
        ("stops", "yes" if stops else "no", "good" if stops else "bad"),
        ("after", "never ran" if never else _about(one["ms"]), "good" if stops else "bad"),
        (
            "finally",
            *(("-", "neutral") if never else ("runs", "good") if tidies else ("not", "bad")),
        ),
    ]


@experiment(
    "patterns",
    belief="cancel() stops the work.",
    listings=(
        ("Bad", cancelling.cancel_running),
        ("Good: a thread that is asked", cancelling.ask_to_stop),
        ("Good: a task that awaits", cancelling.cancel_task),
    ),
    judge=judge,
    picture=picture,
    seconds=5.0,
    deadline_s=60.0,
)
def cancel(
    work: Annotated[
        float, Between(100.0, 500.0, "ms"), "How long the work takes if nothing stops it."
    ] = 200.0,
    runs: Annotated[int, Between(1, 5), "How often each way is tried."] = 3,
) -> Steps:
    """Cancelling work

    A future that waits can be cancelled. Work that runs in a thread cannot: it has to look. An
    asyncio task is interrupted where it awaits. A process can be ended, and nothing is tidied up.
    """
    steps = round(work / 1_000 / PAUSE)
    left_out = {way: why for way in WAYS if (why := missing(way))}
    ways = {}
    for way in WAYS:
        if way not in left_out:
            ways[way] = observed(way, steps, runs)
            yield {"way": way, **{name: ways[way][name] for name in ("said", "stopped", "runs")}}
    return {"ways": ways, "left_out": left_out, "whole_ms": work}
