"""The example of the README: it is the file that is shipped, and runs as it says."""

import re
import shlex

import pytest

from bench.measure.processes.running import ROOT
from bench.store import Store
from tests.commands.conftest import Bench

README = (ROOT / "README.md").read_text("utf-8")
OWN = README.partition("## Your own work")[2].partition("\n## ")[0]


def fences(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", OWN, re.DOTALL)


def test_it_is_the_file_of_ten_lines() -> None:
    (text,) = fences("python")
    assert text == (ROOT / "examples" / "mine.py").read_text("utf-8")
    assert len([line for line in text.splitlines() if line]) == 10


@pytest.mark.parametrize("command", fences("shell"), ids=["workload", "function"])
def test_its_commands_run(
    command: str, bench: Bench, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    python, dash_m, name, *arguments = shlex.split(command)
    assert (python, dash_m, name) == ("python", "-m", "bench")
    less = ["--set", "limit=1000"] if "--load" in arguments else []
    said = bench(*arguments, *less, "--rounds", "2", "--no-ceiling")
    assert said.code == 0, said
    (kept,) = store.history.page(2)
    assert kept.run.state == "done"


def test_its_picture_is_that_of_its_run() -> None:
    (path,) = re.findall(r"!\[.*?\]\((.*?)\)", OWN)
    picture = (ROOT / path).read_text("utf-8")
    assert "Find the longest way down to 1" in picture
    assert "usable CPUs" in picture
