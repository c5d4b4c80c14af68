from bench.analysis.results import results
from bench.charts.series import series_of
from bench.charts.theme import style_of
from tests.factory import a_run


def test_contenders_that_differ_in_workers_alone_are_one_series_by_workers() -> None:
    run = a_run({"processes × 4": (0.9, 0.1), "threads × 2": (3, 0), "processes × 2": (1.7, 0.1)})

    found = series_of(results(run), "warm")

    assert [one.name for one in found] == ["processes", "threads"]
    assert [point.x for point in found[0].points] == [2, 4]
    assert found[0].last == found[0].points[1]


def test_options_make_series_of_their_own_that_are_told_apart_by_filling_and_dash() -> None:
    names = ("processes × 2", "processes × 2 (spawn)", "processes × 2 (spawn, chunk 1)")
    run = a_run(dict.fromkeys(names, (1.7, 0.1)))

    found = series_of(results(run), "warm")

    assert [one.name for one in found] == [
        "processes",
        "processes (spawn)",
        "processes (spawn, chunk 1)",
    ]
    assert found[0].style == style_of("processes")
    assert [one.style.filled for one in found] == [True, False, True]
    assert len({one.style.dash for one in found}) == 3
    assert {one.style.colour for one in found} == {style_of("processes").colour}


def test_each_interpreters_series_stand_in_its_strip_without_its_name() -> None:
    names = ("threads × 2", "processes × 2", "processes × 2 (spawn)")
    times = {f"{name} on {host}": (1.7, 0.0) for host in ("3.11", "3.14t") for name in names}
    run = a_run(times, interpreters=("3.11", "3.14t"))

    found = series_of(results(run), "warm")

    assert [(one.strip, one.name) for one in found] == [
        (strip, name) for strip in (0, 1) for name in ("threads", "processes", "processes (spawn)")
    ]
    # The first of an executor has its own look in every strip.
    assert [one.style for one in found[:3]] == [one.style for one in found[3:]]


def test_after_one_round_the_label_says_no_verdict() -> None:
    (series,) = series_of(results(a_run({"threads × 2": (3.2, 0.0)}, rounds=1)), "warm")

    assert series.label == "threads: one round"


def test_the_label_follows_the_verdict() -> None:
    run = a_run({"processes × 2": (1.7, 0.5), "threads × 2": (3.17, 0), "ceiling × 2": (1.6, 0)})

    labels = [one.label for one in series_of(results(run), "warm")]

    assert labels[0].startswith("processes 1.8")
    assert labels[0].endswith("×")
    assert labels[1] == "threads: no difference shown"
    assert labels[2].startswith("this hardware's ceiling 1.9")


def test_what_failed_or_was_not_measured_has_no_point() -> None:
    run = a_run(failed=["processes × 2", "threads × 1", "threads × 2"])

    assert [(one.name, len(one.points)) for one in series_of(results(run), "warm")] == [
        ("processes", 1)
    ]
    assert series_of(results(a_run(rounds=0)), "warm") == ()
