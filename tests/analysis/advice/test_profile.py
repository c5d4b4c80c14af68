"""What a profile recommends: each branch of the decision, by facts that are made up."""

from dataclasses import replace
from typing import Any

import pytest

from bench.analysis.advice import Advice, advice_of, gil_of
from bench.profiles import Coroutine, Parcel, Profile, Stages
from tests.profiled import SMALL, WAITS, a_profile, counting, together

LETS_GO: dict[str, Any] = {"beside": 0.95, "gain": 1.95}


def codes(advice: Advice) -> list[str]:
    return [reason.code for reason in advice.reasons]


def chosen(profile: Profile, **how: Any) -> str:
    return advice_of(profile, **how).chosen.executor


def test_what_keeps_the_gil_is_for_processes() -> None:
    advice = advice_of(a_profile())
    assert (advice.chosen.executor, advice.chosen.workers) == ("processes", 2)
    assert 1.7 < advice.chosen.gain < 2
    assert {"computes", "keeps-gil", "two-threads"} <= set(codes(advice))
    assert advice.sentence.startswith("Choose processes × 2, Processes (ProcessPoolExecutor): ab")
    threads = next(way for way in advice.ways if way.executor == "threads")
    assert threads.gain == pytest.approx(1.0, abs=0.05)


def test_what_lets_the_gil_go_is_for_threads_and_processes_come_next() -> None:
    advice = advice_of(a_profile(**LETS_GO))
    assert (advice.chosen.name, "lets-gil-go" in codes(advice)) == ("threads × 2", True)
    assert advice.runner_up
    assert advice.runner_up.executor in ("processes", "pool")


def test_without_a_gil_threads_compute() -> None:
    advice = advice_of(a_profile(gil=False, beside=0.95, gain=1.9))
    assert advice.chosen.executor == "threads"
    assert "no-gil" in codes(advice)


def test_a_lock_of_its_own_holds_threads_up_without_a_gil_too() -> None:
    assert chosen(a_profile(gil=False, beside=0.95, gain=1.0)) == "processes"


def test_pieces_too_short_for_the_counter_are_seen_by_two_threads_of_the_task() -> None:
    profile = a_profile(beside=0.7, gain=1.02)
    assert gil_of(profile).stand == "lets it go"
    assert chosen(profile) == "processes"


def test_waiting_is_for_many_threads_as_many_as_pay() -> None:
    advice = advice_of(a_profile(**WAITS))
    assert advice.chosen.executor == "threads"
    assert advice.chosen.workers > 8
    assert advice.chosen.gain > 10
    assert "waits" in codes(advice)
    more_busy = advice_of(a_profile(**{**WAITS, "busy": 0.3, "beside": 0.7, "gain": 1.54}))
    threads = next(way for way in more_busy.ways if way.executor == "threads")
    assert threads.workers < advice.chosen.workers
    assert 2 < threads.gain < 4


def form(at_once: float) -> Coroutine:
    """A coroutine whose 16 at once take so many times as long as one."""
    return Coroutine(0.05, 0.0005, together(16 / at_once, 0.05, count=16))


def test_an_asynchronous_form_that_waits_is_for_asyncio() -> None:
    assert chosen(a_profile(**WAITS, coroutine=form(1.02))) == "asyncio"


def test_one_that_blocks_the_loop_is_not() -> None:
    advice = advice_of(a_profile(**WAITS, coroutine=form(16.0)))
    assert advice.chosen.executor == "threads"
    asyncio = next(way for way in advice.ways if way.executor == "asyncio")
    assert asyncio.gain == pytest.approx(1.0, abs=0.05)


STAGES = Stages(0.05, 0.001, 0.05, 0.05, SMALL)


def test_waiting_and_then_computing_as_much_is_for_the_hybrid() -> None:
    profile = a_profile(0.1, 64, busy=0.51, beside=0.5, gain=1.33, stages=STAGES)
    advice = advice_of(profile)
    hybrid = next(way for way in advice.ways if way.executor == "hybrid")
    threads = next(way for way in advice.ways if way.executor == "threads")
    assert hybrid.gain > 1.5 * threads.gain
    assert (hybrid.options, threads.options) == ({"processes": 2}, {})
    assert "hybrid" not in [way.executor for way in advice_of(replace(profile, stages=None)).ways]


@pytest.mark.parametrize(
    ("profile", "code"),
    [
        (a_profile(2e-7, 1_000), "start"),
        (a_profile(1e-5, 2_000), "start"),
        (a_profile(2.0, 1), "one-task"),
        (a_profile(usable=1), "one-cpu"),
        (a_profile(lengths=(0.001, 0.001, 0.001, 0.9), tasks=4), "longest"),
    ],
    ids=["next to nothing", "over before a pool starts", "one task", "one CPU", "one long task"],
)
def test_where_nothing_gains_it_is_not_worth_it(profile: Profile, code: str) -> None:
    advice = advice_of(profile)
    assert advice.sentence == "Not worth it: keep it sequential."
    assert code in codes(advice)


def test_a_pool_that_stays_open_pays_where_one_that_is_started_once_does_not() -> None:
    short = a_profile(2e-4, 300)
    assert chosen(short) == "sequential"
    assert chosen(short, again=True) in ("processes", "pool")


def test_the_start_that_counts_is_that_of_the_start_method() -> None:
    assert chosen(a_profile(0.002, 200)) == "processes"
    assert chosen(a_profile(0.002, 200, start_method="spawn")) == "sequential"


def test_what_is_large_to_send_is_not_worth_its_way() -> None:
    large = Parcel(50e6, 0.02, 0.02)
    advice = advice_of(a_profile(item=large, result=large))
    assert advice.chosen.executor == "sequential"
    assert "results" in codes(advice)


def test_what_cannot_be_sent_bars_processes_with_its_part() -> None:
    advice = advice_of(a_profile(**LETS_GO, unsent="items[0].lock (TypeError: no)"))
    assert advice.chosen.executor == "threads"
    why = "Other processes cannot be sent items[0].lock (TypeError: no)."
    barred = {one.executor: one.why for one in advice.barred}
    assert barred["processes"] == barred["pool"] == why
    assert chosen(a_profile(unsent="the task (no)")) == "sequential"


def test_what_fails_in_a_second_thread_bars_threads() -> None:
    told = "In a second thread it raises ProgrammingError: not here"
    advice = advice_of(a_profile(**{**LETS_GO, "threads": None}, counting=None, unthreaded=told))
    assert {one.executor: one.why for one in advice.barred}["threads"] == told
    assert advice.chosen.executor == "processes"


def test_libraries_that_do_not_load_bar_subinterpreters() -> None:
    newer = a_profile(version=(3, 14), start_method="forkserver", libraries=("numpy",))
    assert "Sub-interpreters cannot load numpy." in [one.why for one in advice_of(newer).barred]
    assert "interpreters" in [way.executor for way in advice_of(replace(newer, libraries=())).ways]


def test_only_what_can_run_there_is_recommended() -> None:
    assert chosen(a_profile(), able=("sequential", "threads")) == "sequential"


@pytest.mark.parametrize(
    ("beside", "looping", "wild", "stand"),
    [
        (0.95, 0.02, 1.0, "lets it go"),
        (0.03, 0.02, 1.0, "keeps it"),
        (0.50, 0.02, 1.0, "not resolved"),
        (0.90, 0.02, 3.0, "not resolved"),
        (0.90, 0.80, 1.0, "not resolved"),
    ],
    ids=["free", "held", "half of the time", "noise", "no calibration"],
)
def test_the_gil_is_judged_by_intervals_between_two_calibrations(
    beside: float, looping: float, wild: float, stand: str
) -> None:
    profile = a_profile(counting=counting(beside, looping, wild), threads=None)
    assert gil_of(profile).stand == stand


def test_a_task_too_long_to_be_looked_at_is_said_to_be() -> None:
    advice = advice_of(a_profile(30.0, 8, counting=None, threads=None))
    assert advice.gil.stand == "not resolved"
    assert advice.chosen.executor == "processes"
    assert any("too long for a look at the GIL" in reason.message for reason in advice.reasons)


def test_answers_that_do_not_repeat_are_said_to() -> None:
    advice = advice_of(a_profile(repeats=False, differs="items[0] gave 1 first and 2 then"))
    assert "differs" in codes(advice)


def test_a_long_task_bounds_what_can_be_gained_and_by_how_much() -> None:
    advice = advice_of(a_profile(lengths=(0.04, *(0.01,) * 6), tasks=7))
    (longest,) = [one for one in advice.reasons if one.code == "longest"]
    assert longest.message.endswith("is 40% of all: nothing can be more than 2.5 times as fast.")


def test_what_other_processes_compute_for_a_task_is_told() -> None:
    for other_cpu_s, told in ((0.0, "of its time."), (0.1, ", in processes that it starts.")):
        advice = advice_of(a_profile(other_cpu_s=other_cpu_s))
        (computes,) = [one for one in advice.reasons if one.code == "computes"]
        assert computes.message.endswith(told)


def test_results_that_are_slow_to_read_are_as_dear_as_items_that_are_slow_to_write() -> None:
    slow = Parcel(20.0, 0.004, 1e-6)
    there, back = (a_profile(item=slow), a_profile(result=Parcel(20.0, 1e-6, 0.004)))
    gains = [
        next(way.gain for way in advice_of(one).ways if way.executor == "processes")
        for one in (there, back, a_profile())
    ]
    assert gains[0] == pytest.approx(gains[1], rel=0.01)
    assert gains[0] < 0.95 * gains[2]


def test_few_short_tasks_are_handed_over_in_even_parts_and_many_as_usual() -> None:
    for tasks, options in ((24, {"chunk": "even"}), (2_000, {})):
        advice = advice_of(a_profile(1e-4, tasks), again=True)
        found = next(way for way in advice.ways if way.executor == "processes")
        assert found.options == options


def test_others_that_had_the_cpus_are_told() -> None:
    assert "starved" in codes(advice_of(a_profile(starved=0.4)))


def test_a_profile_survives_being_made_plain() -> None:
    whole = a_profile(**WAITS, coroutine=form(1.0), stages=STAGES, libraries=("numpy",))
    assert Profile.restored(whole.as_json()) == whole


@pytest.mark.parametrize("lengths", [[], [0.0], [-1.0], ["x"]])
def test_plain_data_without_lengths_is_no_profile(lengths: list[Any]) -> None:
    with pytest.raises(ValueError, match=r"lengths|float"):
        Profile.restored(a_profile().as_json() | {"lengths": lengths})
