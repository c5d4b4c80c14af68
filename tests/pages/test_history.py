"""The history: empty, short, and longer than a page."""

from tests.pages.conftest import Kept, Open, widget


def test_an_empty_history_says_what_to_do(open_page: Open) -> None:
    assert "No runs yet" in open_page("history.py").info[0].value


def test_runs_are_listed_newest_first_with_their_finding_and_link(
    open_page: Open, kept: Kept
) -> None:
    first, second = kept(), kept("stopped", rounds=1)
    links = open_page("history.py").get("page_link")
    assert [link.proto.query_string for link in links] == [f"run={second}", f"run={first}"]
    assert "Processes × 2: 1.8" in links[1].proto.label.replace("\\", "")


def test_more_runs_than_a_page_are_turned_over(open_page: Open, kept: Kept) -> None:
    ids = [kept(rounds=0) for _ in range(23)]
    test = open_page("history.py")
    assert len(test.get("page_link")) == 20
    widget(test, "page").set_value(2).run()
    assert [link.proto.query_string for link in test.get("page_link")] == [
        f"run={id_}" for id_ in reversed(ids[:3])
    ]
