"""A clock and trials that take no time."""

from collections.abc import Callable, Mapping

from bench.measure.rounds import Seams
from bench.plan import Contender
from bench.samples import Failure, Sample
from tests.build import a_sample

# What a fake trial does in a round: so many warm seconds, or a whole outcome.
Does = Callable[[int], float | Sample | Failure]


class FakeClock:
    """Seconds that pass only when something takes them."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def takes(self, seconds: float) -> None:
        self.now += seconds


def a_second(_: int) -> float:
    return 1.0


class FakeTrials:
    """Trials of a second each, with what each contender does in a round; kept and counted."""

    def __init__(self, does: Mapping[str, Does] | None = None, seconds: float = 1.0) -> None:
        self.does, self.seconds = does or {}, seconds
        self.clock = FakeClock()
        self.asked: list[tuple[str, int, int]] = []
        self.kept: list[Sample | Failure] = []

    def __call__(self, contender: Contender, round_: int, order: int) -> Sample | Failure:
        self.asked.append((contender.name, round_, order))
        self.clock.takes(self.seconds)
        done = self.does.get(contender.name, a_second)(round_)
        if isinstance(done, Sample | Failure):
            return done
        return a_sample(contender.name, round_, order, warm=done, trial=self.seconds)

    def seams(self, *, stopping: Callable[[], bool] = lambda: False, limit: float = 1e9) -> Seams:
        return Seams(self, self.kept.append, stopping, self.clock, limit)

    def names_in(self, round_: int) -> list[str]:
        """Who was asked in a round, in that order."""
        return [name for name, asked, _ in self.asked if asked == round_]
