"""Whether a recommendation held in a run: by intervals between contenders, round by round."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from bench.analysis import words
from bench.analysis.advice.agreement import over, rivals_of
from bench.analysis.intervals import Interval, geometric
from bench.analysis.results import Mode, Result
from bench.analysis.verdicts import Verdict, verdict
from bench.samples import Run

Stand = Literal["shown best", "not shown to differ", "not resolved", "refuted", "not checked"]


@dataclass(frozen=True)
class Check:
    """What a run says to a recommendation.

    `chosen` is the contender that was recommended, `best` the fastest that is shown to beat it, or
    itself, and `like` are those that it is not shown to differ from. `gain` is what the chosen one
    gains over sequential work, `margin` how many times as fast as the fastest beside it it is.
    """

    stand: Stand
    chosen: str
    sentence: str
    best: str = ""
    gain: Interval | None = None
    margin: Interval | None = None
    like: tuple[str, ...] = ()
    run: str = ""

    @property
    def held(self) -> bool | None:
        """Whether it held; None where the run does not say."""
        return {"shown best": True, "not shown to differ": True, "refuted": False}.get(self.stand)

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "like": list(self.like), "held": self.held}


def checked(name: str, run: Run, found: Sequence[Result], mode: Mode) -> Check:
    """What a run's results say to the recommendation of the contender of that name.

    Sequential work takes part. The interval of each comparison is corrected for their number.
    """
    rivals = rivals_of(found, mode)
    chosen = rivals.get(name)
    if chosen is None or len(rivals) < 2:
        return Check("not checked", name, f"It could not be checked: {_why(name, run, found)}")
    others = {one: result for one, result in rivals.items() if one != name}
    verdicts = {
        one: verdict(over(result, chosen, mode), len(others)) for one, result in others.items()
    }
    reading = chosen.reading(mode)
    gain = None if chosen.yardstick or reading is None else reading.speedup
    like = tuple(one for one, told in verdicts.items() if told == "no difference shown")
    margins = {one: geometric(over(chosen, result, mode)) for one, result in others.items()}
    margin = min(margins.values(), key=lambda one: one.estimate)
    faster = [one for one, told in verdicts.items() if told == "faster"]
    if not faster:
        stand, sentence = _stood(chosen, name, gain, verdicts, like)
        return Check(stand, name, sentence, name, gain, margin, like, run.id)
    best = min(faster, key=lambda one: margins[one].estimate)
    ratio = geometric(over(others[best], chosen, mode))
    sentence = (
        f"It did not hold: {best} is {words.digits(ratio.estimate)} times as fast as {name} "
        f"({words.span(ratio)})."
    )
    return Check("refuted", name, sentence, best, gain, margin, like, run.id)


def _stood(
    chosen: Result,
    name: str,
    gain: Interval | None,
    verdicts: Mapping[str, Verdict],
    like: Sequence[str],
) -> tuple[Stand, str]:
    gained = f", {words.digits(gain.estimate)} times as fast as {chosen.against}" if gain else ""
    span = f" ({words.span(gain)})" if gain else ""
    if not like:
        return "shown best", f"It held: all else is shown to be slower than {name}{gained}{span}."
    if not chosen.yardstick and verdicts.get(chosen.against) == "no difference shown":
        return (
            "not resolved",
            f"Not resolved: no difference is shown between {name} and {chosen.against}{span}; "
            "measure for longer, or on a calmer machine.",
        )
    return (
        "not shown to differ",
        f"It held as far as this run can tell: nothing is shown to be faster than {name}{gained}"
        f"{span}; no difference is shown to {words.joined(list(like))}.",
    )


def _why(name: str, run: Run, found: Sequence[Result]) -> str:
    errors = [result.error for result in found if result.error and result.contender.name == name]
    return next(filter(None, [*errors, run.error]), "too little of it was measured.")
