"""Who may do what: the rules of each access, and who somebody is."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bench.access import OPERATOR, Access, Who, client_of, login_of
from bench.demonstration import Asked
from bench.errors import Denied
from bench.settings import Settings
from bench.store import Store
from tests.build import a_plan
from tests.factory import a_run
from tests.keeping import keep_run

ANN = Who("s1", "ann@example.org")
EVE = Who("s2", "eve@elsewhere.net")
ASKED = Asked("race", {}, "3.11")


def rules(here: Settings, *allow: str) -> Access:
    """Those of a lab in which people log in."""
    return Access(replace(here, access="login", allow=allow))


def test_where_it_is_open_everybody_starts_and_changes_their_own_alone(here: Settings) -> None:
    access = Access(here)
    me, other = Who("mine"), Who("other")
    assert access.why_not(me) == ""
    assert access.why_not(me, "mine") == ""
    assert "Only who started this" in access.why_not(other, "mine")
    assert "Only who started this" in access.why_not(Who(), "")
    assert access.why_not(OPERATOR, "mine") == ""


@pytest.mark.parametrize("who", [Who("mine"), Who(), ANN])
def test_where_it_is_for_viewing_only_the_operator_does_anything(here: Settings, who: Who) -> None:
    access = Access(replace(here, access="view"))
    assert "to look at" in access.why_not(who)
    assert "to look at" in access.why_not(who, who.owner)
    assert access.why_not(OPERATOR) == ""


def test_with_a_login_those_who_are_listed_may(here: Settings) -> None:
    for allow in ("ann@example.org", "example.org", "*"):
        assert rules(here, "bob@example.com", allow).why_not(ANN) == ""
    for allow in ("bob@example.org", "ample.org", "org", "ann", "sub.example.org"):
        assert "is not on the operator's list" in rules(here, allow).why_not(ANN)
    assert "Only who is logged in" in rules(here, "*").why_not(Who("s1"))


def test_with_a_login_what_is_mine_stays_mine_in_another_browser(here: Settings) -> None:
    access = rules(here, "example.org", "elsewhere.net")
    assert access.why_not(replace(ANN, session="another"), ANN.owner) == ""
    assert "logged in with the same address" in access.why_not(EVE, ANN.owner)
    # Whoever is struck off the list changes no more of what they began.
    assert "is not on" in rules(here, "elsewhere.net").why_not(ANN, ANN.owner)


@pytest.mark.parametrize(
    ("claims", "login"),
    [
        ({"email": "Ann@Example.org"}, "ann@example.org"),
        ({"email": "ann@example.org", "email_verified": True}, "ann@example.org"),
        ({"email": "ann@example.org", "email_verified": False}, ""),
        ({"email": "ann@example.org", "email_verified": "false"}, ""),
        ({"email": "ann@example.org", "email_verified": None}, ""),
        ({"email": "ann@example.org", "is_logged_in": False}, ""),
        ({"email": "\u212aim@example.org"}, ""),  # a Kelvin sign, which lower() makes a k
        ({"email": "@example.org"}, ""),
        ({"email": "ann"}, ""),
        ({"email": ["ann@example.org"]}, ""),
        ({}, ""),
    ],
)
def test_a_login_is_an_address_that_its_provider_vouches_for(
    claims: dict[str, object], login: str
) -> None:
    assert login_of({"is_logged_in": True, **claims}) == login


def test_a_client_is_its_address_and_of_ipv6_its_network() -> None:
    assert client_of("192.0.2.7") == "192.0.2.7"
    assert client_of("2001:db8:1:2:aaaa::1") == client_of("2001:db8:1:2:bbbb::2")
    assert client_of("2001:db8:1:2::1") != client_of("2001:db8:1:3::1")
    assert client_of(None) == client_of("unix") == ""


# All doors that start or change something; each is given a run that the asker began.
DOORS: dict[str, Callable[[Store, str, Who], object]] = {
    "submit": lambda store, _, who: store.queue.submit(a_plan(), who),
    "submit_experiment": lambda store, _, who: store.queue.submit(ASKED, who),
    "submit_set": lambda store, _, who: store.queue.submit_set([ASKED], who),
    "submit_again": lambda store, id_, who: store.queue.submit_again(id_, who),
    "stop": lambda store, id_, who: store.queue.stop(id_, who),
    "stop_set": lambda store, id_, who: store.queue.stop_set(id_, who),
    "rename": lambda store, id_, who: store.history.rename(id_, "x", who),
    "annotate": lambda store, id_, who: store.history.annotate(id_, "x", who),
    "label": lambda store, id_, who: store.history.label(id_, ["x"], who),
    "describe": lambda store, id_, who: store.history.describe(id_, "x", "x", [], who),
    "delete": lambda store, id_, who: store.history.delete(id_, who),
}


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_no_door_is_open_to_who_may_only_look(
    store: Store, here: Settings, door: Callable[[Store, str, Who], object]
) -> None:
    id_ = keep_run(store, a_run())
    store.database.rows("UPDATE runs SET session = ?", (EVE.owner,))
    closed = (replace(here, access="view"), replace(here, access="login", allow=("example.org",)))
    for there in closed:
        with Store(there) as strict, pytest.raises(Denied):
            door(strict, id_, EVE)
    assert store.runs.count() + store.demonstrations.count() == 1
    door(store, id_, EVE)
