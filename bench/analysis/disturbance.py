"""Which rounds others disturbed, and which rounds the estimates rest on.

A round is judged by what others did meanwhile, never by how long its trials took: to leave out the
slow ones would make any contender look good.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.plan import Plan
from bench.samples import Sample

# A trial is measured anew so often, and only while such a share of those of its contender that were
# came out calm: where others go on for long, it would only take time from more rounds.
MOST_AGAIN = 4
LEAST_WON = 0.2

# So many calm rounds are enough for estimates to do without the others: their interval is wide and
# holds the truth, while that of all rounds may be narrow and miss it.
LEAST_CALM = 3

# A trial is disturbed if others took more than these shares of the usable CPUs.
MOST_FOREIGN = 0.10
MOST_STEAL = 0.01


@dataclass(frozen=True)
class Disturbance:
    """What is known of a run's rounds: all of them, and those that were disturbed.

    `told` is whether the system tells what others did. `used` are the rounds that the estimates
    rest on: the undisturbed ones if they are enough, else all. Shares are the largest of any trial.
    """

    rounds: tuple[int, ...]
    disturbed: tuple[int, ...]
    used: frozenset[int]
    told: bool
    foreign_share: float
    steal_share: float

    @property
    def set_aside(self) -> bool:
        """Whether the estimates do without the disturbed rounds."""
        return bool(self.disturbed) and not self.used & set(self.disturbed)


def is_disturbed(sample: Sample) -> bool:
    """Whether others took so much of the machine that the trial's times may be theirs."""
    return (sample.foreign_share or 0.0) > MOST_FOREIGN or (sample.steal_share or 0.0) > MOST_STEAL


def worth_again(sample: Sample, before: Sequence[Sample]) -> bool:
    """Whether a trial should be measured anew at once; `before` are its contender's."""
    if not is_disturbed(sample) or sample.again >= MOST_AGAIN:
        return False
    won = sum(one.again > 0 and not is_disturbed(one) for one in before)
    tried = sum(one.again for one in (*before, sample))
    # The first few are given the benefit of the doubt.
    return won + 1 >= LEAST_WON * (tried + 1)


def disturbance(plan: Plan, samples: Sequence[Sample]) -> Disturbance:
    """What disturbed the rounds that these samples are of."""
    rounds = {sample.round for sample in samples}
    disturbed = {sample.round for sample in samples if is_disturbed(sample)}
    calm = rounds - disturbed
    return Disturbance(
        rounds=tuple(sorted(rounds)),
        disturbed=tuple(sorted(disturbed)),
        used=frozenset(calm if len(calm) >= min(LEAST_CALM, plan.least_rounds) else rounds),
        told=all(sample.foreign_share is not None for sample in samples),
        foreign_share=max((sample.foreign_share or 0.0 for sample in samples), default=0.0),
        steal_share=max((sample.steal_share or 0.0 for sample in samples), default=0.0),
    )


def calm_rounds(plan: Plan, samples: Sequence[Sample]) -> int:
    """How many rounds nobody disturbed."""
    found = disturbance(plan, samples)
    return len(found.rounds) - len(found.disturbed)
