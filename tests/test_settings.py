"""What an operator may set."""

from pathlib import Path

import pytest

from bench.errors import Refused
from bench.forms import Between
from bench.settings import SETTINGS, settings


def test_every_setting_has_a_default() -> None:
    here = settings({})
    assert here.data.is_absolute()
    assert here.lock.is_absolute()
    assert (here.trial_seconds, here.run_seconds) == (300.0, 3_600.0)
    assert (here.queue, here.queue_each) == (20, 2)


def test_settings_are_taken_from_the_environment() -> None:
    here = settings({"BENCH_DATA": "/x/data", "BENCH_QUEUE": "3", "BENCH_TRIAL_SECONDS": "1.5"})
    assert here.database == Path("/x/data/lab.db")
    assert here.queue == 3
    assert here.trial_seconds == 1.5


def test_other_variables_are_none_of_its_business() -> None:
    assert settings({"PATH": "/bin", "BENCHMARK": "1"}) == settings({})


def test_a_home_may_be_written_as_a_tilde() -> None:
    assert settings({"BENCH_DATA": "~/lab"}).data == Path.home() / "lab"


def test_an_unknown_setting_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused) as refused:
        settings({"BENCH_DTA": "/x"})
    assert str(refused.value).startswith("setting is 'BENCH_DTA': it must be one of BENCH_DATA, ")


NUMBERS = [one for one in SETTINGS if isinstance(one.bound, Between) and not one.bound.holds(0)]


@pytest.mark.parametrize("text", ["", "many", "nan", "inf", "1e999", "-1", "0", "100000000"])
@pytest.mark.parametrize("name", [setting.name for setting in NUMBERS])
def test_a_malformed_number_is_refused_with_name_value_and_bound(name: str, text: str) -> None:
    with pytest.raises(Refused) as refused:
        settings({name: text})
    assert str(refused.value).startswith(f"{name} is {text!r}: it must be a ")


def test_whole_numbers_are_whole() -> None:
    with pytest.raises(Refused, match="whole number"):
        settings({"BENCH_QUEUE": "2.5"})


@pytest.mark.parametrize("name", ["BENCH_DATA", "BENCH_LOCK"])
def test_a_path_is_not_empty(name: str) -> None:
    with pytest.raises(Refused, match="a path"):
        settings({name: ""})


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_defaults_are_what_is_listed(setting: object) -> None:
    assert settings({setting.name: setting.default}) == settings({})  # type: ignore[attr-defined]


def login(**more: str) -> dict[str, str]:
    """An environment in which people log in."""
    return {"BENCH_ACCESS": "login", "BENCH_ALLOW": "example.org"} | more


def test_who_may_is_listed_with_a_login_and_only_then() -> None:
    here = settings(login(BENCH_ALLOW="Ann@Example.org, example.com ,*"))
    assert here.allow == ("ann@example.org", "example.com", "*")
    with pytest.raises(Refused, match="BENCH_ALLOW is '': it must be addresses or domains"):
        settings({"BENCH_ACCESS": "login"})
    with pytest.raises(Refused, match="left out unless BENCH_ACCESS is login"):
        settings({"BENCH_ALLOW": "example.org"})


def test_exports_are_closed_with_a_login_unless_they_are_public() -> None:
    assert settings({}).share_publicly
    assert settings({"BENCH_ACCESS": "view"}).share_publicly
    assert not settings(login()).share_publicly
    assert settings(login(BENCH_SHARE="public")).share_publicly


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("BENCH_ACCESS", ""),
        ("BENCH_ACCESS", "Open"),
        ("BENCH_SHARE", "yes"),
        ("BENCH_ALLOW", "ann@"),
        ("BENCH_ALLOW", "*.example.org"),
        ("BENCH_ALLOW", "ann@example.org bob@example.org"),
        ("BENCH_EMBED", "wiki.example.org"),
        ("BENCH_EMBED", "https://wiki.example.org/"),
        ("BENCH_EMBED", "https://x; script-src *"),
    ],
)
def test_a_malformed_rule_is_refused_with_its_name(name: str, text: str) -> None:
    with pytest.raises(Refused) as refused:
        settings(login() | {name: text})
    assert str(refused.value).startswith(f"{name} is {text!r}: it must be ")
