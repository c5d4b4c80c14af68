"""The documentation names every experiment with its belief."""

import re

from bench.experiments import all_experiments
from bench.measure.processes.running import ROOT


def test_it_lists_the_experiments_with_their_beliefs() -> None:
    text = (ROOT / "docs" / "experiments.md").read_text(encoding="utf-8")
    table = text.partition("| experiment | the belief |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| ([\w-]+) \| (.+) \|$", table, re.MULTILINE)
    assert rows == [(one.name, one.belief) for one in all_experiments().values()]
