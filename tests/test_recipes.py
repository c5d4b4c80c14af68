"""CONTRIBUTING.md: each recipe is done in a copy of the tree, and its own tests pass there."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bench.measure.processes.running import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (Add .+?)\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL))

# The rooms that a recipe may touch, and what their tests need.
COPIED = ("bench", "pages", "tests", "docs", "examples", "pyproject.toml")

# A file's name in bold, or another block for the file that was named last.
STEP = re.compile(r"(?:^\*\*`(\S+)`\*\*\n\n|^)```(python|diff|shell)\n(.*?)^```$", re.M | re.S)


def followed(recipe: str, tree: Path) -> tuple[str, list[str]]:
    """Do what a recipe says in a tree; the command at its end, and the modules it wrote to."""
    file, command, modules = tree, "", list[str]()
    for name, kind, block in STEP.findall(recipe):
        file = tree / name if name else file
        if name.endswith(".py"):
            modules.append(name)
        if kind == "shell":
            command = block.strip()
        elif kind == "python":
            assert not file.exists()
            file.write_text(block, encoding="utf-8")
        else:
            file.write_text(patched(file.read_text(encoding="utf-8"), block), encoding="utf-8")
    return command, modules


def patched(text: str, diff: str) -> str:
    """A text with a diff's new lines in place of its old ones, which stand there once."""
    lines = diff.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] in " -")
    after = "".join(line[1:] for line in lines if line[0] in " +")
    assert text.count(before) == 1
    return text.replace(before, after)


def test_there_is_a_recipe_for_each_thing_that_people_add() -> None:
    things = ["an executor", "a workload", "an experiment", "a chart", "an export"]
    assert list(SECTIONS) == [f"Add {thing}" for thing in things]


@pytest.mark.parametrize("recipe", SECTIONS)
def test_a_recipe_does_what_it_says(recipe: str, tmp_path: Path) -> None:
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    told, modules = followed(SECTIONS[recipe], tmp_path)
    program, *arguments = shlex.split(told)
    assert program == "pytest"
    environment = {name: told for name, told in os.environ.items() if "PYTEST" not in name}
    for command in (
        ("pytest", *arguments, "-p", "no:cacheprovider", f"--basetemp={tmp_path / 't'}"),
        ("ruff", "check", "--no-cache", *modules),
        ("ruff", "format", "--check", "--no-cache", *modules),
    ):
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stdout + done.stderr
