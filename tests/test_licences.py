"""docs/licences.md names what is pinned, and why what was asked for is there."""

import re
import tomllib

from bench.measure.processes.running import ROOT
from tests.licences import PAGE, pins, reasons

ROW = re.compile(r"^\| (\S+) \| (\S+) \| (.+?) \| (.+?) \|$", re.MULTILINE)
ROWS = ROW.findall(PAGE.read_text(encoding="utf-8"))[1:]  # below the head


def test_every_pinned_package_has_a_row_with_its_version_and_licence() -> None:
    assert [(name, version) for name, version, _, _ in ROWS] == [one[:2] for one in pins()]


def test_every_package_that_was_asked_for_says_what_it_is_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    asked = [*project["project"]["dependencies"], *groups["dask"], *groups["auth"]]
    told = {name: reason for name, _, _, reason in ROWS}
    for name in (re.split(r"[><=]", one)[0] for one in asked):
        assert told[name] == reasons()[name]
