"""Bringing runs in on the History page, and how pages show them."""

from streamlit.testing.v1 import AppTest

from bench.imports.bringing import bring_in
from bench.settings import settings
from bench.store import Store
from tests.imports.files import PLAIN, WRITTEN, as_bytes
from tests.pages.conftest import Open, widget


def uploaded(test: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """The page after these files were given and the button was pressed."""
    given = [(name, data, "application/json") for name, data in files]
    test.file_uploader[0].set_value(given).run()
    widget(test, "import").click().run()
    assert not test.exception
    return test


def test_each_file_that_is_uploaded_has_its_outcome(open_page: Open, store: Store) -> None:
    test = uploaded(
        open_page("history.py"),
        ("theirs.json", as_bytes(PLAIN)),
        ("[x](y)\u202e.json", b"{"),
        ("times.json", WRITTEN["hyperfine-1.15.0"]),
    )
    assert [one.value.replace("\\", "") for one in test.success] == [
        "theirs.json is imported.",
        "times.json is imported.",
    ]
    (refused,) = test.error
    assert refused.value.startswith("\\[x\\](y)?.json: file is")
    assert {entry.owner for entry in store.history.page(9)} != {""}
    # A page that is drawn again imports nothing again.
    test.run()
    assert store.runs.count() == 2
    assert not test.success


def test_only_so_many_files_are_taken_at_once(open_page: Open, store: Store) -> None:
    test = uploaded(open_page("history.py"), *[(f"{n}.json", as_bytes(PLAIN)) for n in range(11)])
    assert store.runs.count() == 10
    assert "Only 10 files" in test.error[0].value


def test_another_tools_run_shows_its_times_and_where_it_comes_from(
    open_page: Open, store: Store
) -> None:
    id_ = bring_in(store, settings(), WRITTEN["pytest-benchmark-5.3.1"])
    test = open_page("result.py", run=id_)
    said = "\n".join(one.value for one in (*test.markdown, *test.caption)).replace("\\", "")
    assert "imported from pytest-benchmark 5.3.1" in said
    assert "no-baseline" in test.warning[0].value
    assert [tab.label for tab in test.tabs] == ["Round by round"]
    assert len(test.get("vega_lite_chart")) == 2
    assert widget(test, f"continue-{id_}").disabled
    assert f"mode-{id_}" not in test.session_state


def test_two_of_them_are_compared_by_their_names(open_page: Open, store: Store) -> None:
    a, b = (bring_in(store, settings(), WRITTEN["pyperf-2.10.0"]) for _ in "ab")
    test = open_page("compare.py", a=a, b=b)
    assert "sum" in str(test.dataframe[0].value)
