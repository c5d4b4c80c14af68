"""What every workload promises: a form, presets that fit it, a title, and work that can be sent."""

import pickle

import pytest

from bench.errors import Refused
from bench.forms import filled
from bench.workloads import FAMILIES, Workload, all_workloads, find_workload, kind_of

EACH = pytest.mark.parametrize("workload", all_workloads().values(), ids=lambda one: one.name)


@EACH
def test_a_title_is_one_line_without_a_full_stop(workload: Workload) -> None:
    assert workload.title
    assert workload.title.isprintable()
    assert not workload.title.endswith(".")


@EACH
def test_the_kind_is_one_of_five(workload: Workload) -> None:
    assert workload.kind in ("cpu", "native", "io", "mixed", "tiny")
    assert kind_of(workload.name) == workload.kind


@EACH
def test_presets_fit_the_form(workload: Workload) -> None:
    for values in workload.presets.values():
        filled(workload.form, values)


@EACH
def test_a_small_preset_is_there_and_is_soon_done(workload: Workload) -> None:
    assert "small" in workload.presets
    assert workload.seconds
    assert 0 < workload.seconds(**workload.parameters({}, "small")) < 5


@EACH
def test_every_field_has_help(workload: Workload) -> None:
    assert all(field.help for field in workload.form)


@EACH
def test_resources_are_none_but_the_labs(workload: Workload) -> None:
    assert set(workload.resources) <= {"server"}


@EACH
def test_tasks_and_items_can_be_sent_to_another_process(workload: Workload) -> None:
    if workload.missing():
        pytest.skip(workload.missing() or "")
    resources = dict.fromkeys(workload.resources, "http://127.0.0.1:9")
    work = workload.build(**workload.parameters({}, "small"), **resources)
    assert len(work.items) > 0
    assert pickle.loads(pickle.dumps((work.task, list(work.items))))


def test_an_unknown_workload_is_refused() -> None:
    with pytest.raises(Refused, match="workload is 'nonsense': it must be one of primes, "):
        find_workload("nonsense")
    assert kind_of("nonsense") is None


def test_a_workload_whose_package_is_not_there_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert (find_workload("pages").missing() or "").startswith("This Python has no requests")
    assert find_workload("primes").missing() is None


def test_each_family_holds_the_workloads_that_it_is_listed_with() -> None:
    listed = {name: family for family, names in FAMILIES.items() for name in names}
    here = {name: one.build.__module__.split(".")[-1] for name, one in all_workloads().items()}
    assert here == listed
