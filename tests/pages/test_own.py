"""Own work on the pages: first, with a mark; what is wrong with it said; nothing of it acted on."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from bench.store import Store
from tests.own import FINE, Own
from tests.pages.conftest import Kept, Open, widget

SIZED = """
from typing import Annotated
@bench.workload("io", presets={"few": {"n": 2}, "half": {"n": 3, "share": 0.5}})
def sized(
    n: Annotated[int, bench.Between(1, 9, "photos")] = 5,
    share: Annotated[float | str, bench.OneOf("all"), bench.Between(0.0, 1.0)] = "all",
):
    '''Shrink photos'''
    return bench.Work(abs, [1])
"""


@pytest.fixture
def of_the_operator(own: Own, monkeypatch: pytest.MonkeyPatch) -> Own:
    """Own work whose file `mine.py` the setting names."""
    monkeypatch.setenv("BENCH_WORKLOADS", f"{own.folder}/mine.py")
    return own


def widgets(test: AppTest, begin: str) -> list[Any]:
    """The widgets whose keys begin so."""
    drawn = [*test.selectbox, *test.number_input, *test.button_group]
    return [one for one in drawn if str(one.key).startswith(begin)]


def values(test: AppTest, begin: str) -> list[object]:
    return [one.value for one in widgets(test, begin)]


def choose(test: AppTest, name: str) -> None:
    widget(test, "workload").set_value(name).run()
    assert not test.exception


def test_own_work_comes_first_with_a_mark_and_can_be_run(
    of_the_operator: Own, open_page: Open, store: Store
) -> None:
    of_the_operator.file(SIZED)
    test = open_page()
    assert widget(test, "workload").options[0] == "own · Shrink photos · waiting"
    assert widget(test, "workload").value == "sized"
    assert any("own work, from mine" in shown.value for shown in test.markdown)
    assert any(
        "at least 3 rounds: how long is known after the first one" in caption.value
        for caption in test.caption
    )
    widget(test, "run").click()
    test.run()
    (kept,) = store.history.page(2)
    assert (kept.run.plan.workload, kept.run.plan.parameters) == ("sized", {"n": 5, "share": "all"})


def test_its_presets_fill_its_form(of_the_operator: Own, open_page: Open) -> None:
    of_the_operator.file(SIZED)
    test = open_page()
    (preset,) = widgets(test, "own:sized.preset:")
    preset.set_value("half").run()
    assert not test.exception
    assert values(test, "own:sized.n:") == [3]
    assert values(test, "own:sized.share:") == ["a number", 0.5]


def test_a_file_that_is_changed_shows_its_new_form_and_one_that_goes_its_absence(
    of_the_operator: Own, open_page: Open
) -> None:
    of_the_operator.file(SIZED)
    test = open_page()
    of_the_operator.file(SIZED.replace("9", "4").replace("= 5", "= 4").replace("few", "less"))
    test.run()
    assert not test.exception
    assert values(test, "own:sized.n:") == [4]
    of_the_operator.file("1 / 0")
    test.run()
    assert not test.exception
    assert widget(test, "workload").value == "primes"
    assert test.warning[0].value.replace("\\", "") == (
        "Own work cannot be used. mine.py line 3: ZeroDivisionError: division by zero"
    )


HOSTILE = r"""
from typing import Annotated
@bench.workload("cpu", presets={"**b** [x](http://evil)": {}})
def executor(
    threads: Annotated[int, bench.Between(1, 9, "**[u](http://evil)**"), "<b>$x$</b>"] = 5,
    preset: Annotated[str, bench.OneOf("a number", ":red[b]")] = "a number",
): ...
executor.__doc__ = "<script>alert(1)</script> **bold** \u202e\n[click](javascript:1) :material/x:"
bench.workload("cpu", presets={"**b** [x](http://evil)": {}})(executor)
"""


def test_markup_in_its_texts_is_shown_and_not_acted_on(
    of_the_operator: Own, open_page: Open
) -> None:
    of_the_operator.file(HOSTILE)
    test = open_page()
    choose(test, "executor")
    assert widget(test, "workload").options[0].startswith("own · <script>alert(1)</script> **bold")
    assert r"\[click\](javascript\:1) \:material/x\:" in [one.value for one in test.caption]
    (number,) = widgets(test, "own:executor.threads:")
    assert number.label == "Threads (\\*\\*\\[u\\](http\\:\u2060//evil)\\*\\*)"
    assert number.help.startswith(r"\<b\>\$x\$\</b\>")
    choice, presets = widgets(test, "own:executor.preset:")
    assert choice.options == ["a number", ":red[b]"]
    assert presets.options[0] == "\\*\\*b\\*\\* \\[x\\](http\\:\u2060//evil)"
    assert widget(test, "executor.threads").value is True


def test_what_is_wrong_is_escaped_too(of_the_operator: Own, open_page: Open) -> None:
    of_the_operator.file('raise ValueError("**[x](http://evil)** <b>")')
    test = open_page()
    assert "\\*\\*\\[x\\](http\\:\u2060//evil)\\*\\* \\<b\\>" in test.warning[0].value


def test_a_run_of_own_work_that_is_gone_is_shown_in_every_state(
    of_the_operator: Own, open_page: Open, store: Store, kept: Kept
) -> None:
    of_the_operator.file(FINE)
    test = open_page()
    widget(test, "run").click()
    test.run()
    (queued,) = store.history.page(2)
    of_the_operator.file("1 / 0")
    other = kept("queued")
    for page, run in (("result.py", queued.run.id), ("result.py", other), ("history.py", "")):
        assert not open_page(page, **({"run": run} if run else {})).exception
