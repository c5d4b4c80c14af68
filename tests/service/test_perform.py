"""Measuring one run: what was measured is told even if the machine refuses to go on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench.errors import Unavailable
from bench.measure.host.known import Known
from bench.measure.rounds import Trial
from bench.plan import Contender, Plan
from bench.samples import Failure, Run, Sample, Trace
from bench.service.perform import perform
from bench.settings import Settings
from tests.build import a_failure, a_plan, a_run, a_sample

REFUSALS = [
    (
        OSError(11, "Resource temporarily unavailable"),
        "The machine refused: Resource temporarily unavailable; let the lab have more processes "
        "(ulimit -u), or end other programs.",
    ),
    (OSError("no more"), "The machine refused: no more."),
    (Unavailable("There is no room: make some."), "There is no room: make some."),
]


def with_trials(here: Settings, monkeypatch: pytest.MonkeyPatch, trial: Trial) -> None:
    @contextmanager
    def trials(
        _: Plan,
        *,
        seconds: float,
        most_bytes: int,
        stopping: Callable[[], bool],
        traced: Callable[[Trace], None],
        known: Known,
        dask: str,
        turn: Path,
    ) -> Iterator[Trial]:
        assert callable(traced)
        assert (seconds, most_bytes) == (here.trial_seconds, here.trial_bytes)
        assert callable(known)
        assert (dask, turn.parent) == ("", here.data)
        assert not stopping()
        yield trial

    monkeypatch.setattr("bench.service.perform.trials", trials)


def performed(here: Settings, kept: list[Sample | Failure | Trace]) -> Run:
    run = a_run(a_plan(rounds=2))
    return perform(run, here, keep=kept.append, stopping=lambda: False)


def test_every_outcome_is_kept_and_comes_back_with_the_run(
    here: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_trials(here, monkeypatch, lambda one, round_, order: a_sample(one.name, round_, order))
    kept: list[Sample | Failure | Trace] = []
    run = performed(here, kept)
    assert (run.state, list(run.samples)) == ("done", kept)


@pytest.mark.parametrize(("refusal", "sentence"), REFUSALS)
def test_what_the_machine_refuses_at_once_fails_the_run_in_a_sentence(
    here: Settings, monkeypatch: pytest.MonkeyPatch, refusal: Exception, sentence: str
) -> None:
    def trial(*_: object) -> Sample:
        raise refusal

    with_trials(here, monkeypatch, trial)
    run = performed(here, [])
    assert (run.state, run.error, run.outcomes) == ("failed", sentence, ())


def test_what_was_measured_before_the_machine_refused_comes_back_with_the_run(
    here: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trial(contender: Contender, round_: int, order: int) -> Sample | Failure:
        if round_ == 2:
            raise OSError("no more")
        if contender.name == "threads × 2":
            return a_failure(contender.name, round_)
        return a_sample(contender.name, round_, order)

    with_trials(here, monkeypatch, trial)
    kept: list[Sample | Failure | Trace] = []
    run = performed(here, kept)
    assert run.state == "failed"
    assert len(run.samples) == 3
    assert len(run.failures) == 1
    assert {*run.outcomes} == {*kept}
