"""The history: empty, short, longer than a page, searched and filtered, two of it chosen."""

import base64

from streamlit.testing.v1 import AppTest

from bench.access import OPERATOR
from bench.store import Store
from pages.parts import shared
from tests.factory import a_run
from tests.pages.conftest import Kept, Open, read, widget


def links(test: AppTest) -> list[str]:
    """The runs that are listed, by their ids."""
    asked = [link.proto.query_string for link in test.get("page_link")]
    return [query.removeprefix("run=") for query in asked if query.startswith("run=")]


def test_an_empty_history_says_what_to_do(open_page: Open) -> None:
    assert "No runs yet" in open_page("history.py").info[0].value


def test_runs_are_listed_newest_first_with_their_finding_and_link(
    open_page: Open, kept: Kept
) -> None:
    first, second = kept(), kept("stopped", rounds=1)
    test = open_page("history.py")
    assert links(test) == [second, first]
    assert test.get("page_link")[-1].proto.label.startswith("primes, 20")
    assert "**Processes × 2: 1.8" in test.markdown[-2].value.replace("\\", "")


def test_more_runs_than_a_page_are_turned_over(open_page: Open, kept: Kept) -> None:
    ids = [kept(rounds=0) for _ in range(23)]
    test = open_page("history.py")
    assert len(links(test)) == 20
    widget(test, "page").set_value(2).run()
    assert links(test) == list(reversed(ids[:3]))
    # A page that there is no more, as after a search, is the last one that there is.
    widget(test, "q").set_value(ids[0]).run()
    assert links(test) == [ids[0]]


def test_search_and_filters_are_in_the_address(open_page: Open, kept: Kept, store: Store) -> None:
    primes, pages = kept(), kept(run=a_run(workload="pages"))
    store.history.label(primes, ["nightly"], OPERATOR)
    store.history.label(pages, ["weekly"], OPERATOR)
    assert links(open_page("history.py", workload="pages")) == [pages]
    assert links(open_page("history.py", label="nightly")) == [primes]
    assert links(open_page("history.py", q="weekly")) == [pages]
    assert links(open_page("history.py", workload="no such work")) == [pages, primes]
    test = open_page("history.py")
    widget(test, "workload").set_value("primes").run()
    assert links(test) == [primes]
    assert test.query_params["workload"] == "primes"


def test_what_nothing_fits_says_so(open_page: Open, kept: Kept) -> None:
    kept()
    assert "No run fits" in open_page("history.py", q="nowhere").info[0].value


def test_mine_are_those_of_this_browser_session(open_page: Open, kept: Kept, store: Store) -> None:
    kept()
    test = open_page("history.py")
    test.session_state[shared.SESSION] = "mine"
    mine = store.runs.add(a_run().plan, "done", "mine")
    widget(test, "mine").set_value(True).run()
    assert links(test) == [mine]


def test_a_name_is_the_link_and_acts_on_nothing(open_page: Open, kept: Kept, store: Store) -> None:
    hostile = "[x](http://example.org) **b** :red[c]"
    id_ = kept()
    store.history.describe(id_, hostile, "", [":red[c]"], OPERATOR)
    (link,) = [one for one in open_page("history.py").get("page_link") if one.proto.query_string]
    label = link.proto.label
    assert hostile not in label
    assert hostile in read(label)


def test_a_run_has_a_bar_for_each_contender(open_page: Open, kept: Kept) -> None:
    kept(run=a_run(failed=["threads × 1"]))
    (image,) = open_page("history.py").get("image")
    picture = base64.b64decode(image.proto.imgs[0].url.partition("base64,")[2]).decode()
    assert picture.count("<rect") == 3
    assert "Speedups: threads × 2 0.998, processes × 1 0.9" in image.proto.imgs[0].alt


def test_two_that_are_ticked_can_be_compared_the_older_one_first(
    open_page: Open, kept: Kept
) -> None:
    ids = [kept() for _ in range(3)]
    test = open_page("history.py")
    for id_ in (ids[2], ids[0]):
        widget(test, f"choose-{id_}").check().run()
    (link,) = [one for one in test.get("page_link") if "two" in one.proto.label]
    assert link.proto.query_string == f"a={ids[0]}&b={ids[2]}"
    # A third one takes the place of the one that was ticked first.
    widget(test, f"choose-{ids[1]}").check().run()
    (link,) = [one for one in test.get("page_link") if "two" in one.proto.label]
    assert link.proto.query_string == f"a={ids[0]}&b={ids[1]}"
    assert not widget(test, f"choose-{ids[2]}").value
