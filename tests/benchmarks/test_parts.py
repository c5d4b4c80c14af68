"""The parts, and the programs that they start."""

import ast
from pathlib import Path

import pytest

from bench.errors import Refused
from bench.workloads.primes import count_primes, ranges
from bench.workloads.sha256 import hash_buffer
from benchmarks.parts import NAMED, PARTS, about, find_part
from benchmarks.scripts import dispatch, primes, sha256
from benchmarks.session import SCRIPTS


@pytest.mark.parametrize("name", [*PARTS, *NAMED])
def test_every_part_has_a_question_and_something_that_answers_it(name: str) -> None:
    assert about(name).endswith("?")
    assert callable(find_part(name))


def test_an_unknown_part_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused, match="dispatch"):
        find_part("speed")


@pytest.mark.parametrize("name", ["primes", "sha256", "pages"])
def test_the_scripts_written_by_hand_import_nothing_of_the_lab(name: str) -> None:
    tree = ast.parse(Path(SCRIPTS / f"{name}.py").read_text(encoding="utf-8"))
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    modules += [
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    ]
    assert modules
    assert not [module for module in modules if module.startswith("bench")]


def test_the_scripts_do_the_same_work() -> None:
    assert [primes.count(part) for part in ranges(3_000, 7)] == [
        count_primes(part) for part in ranges(3_000, 7)
    ]
    assert sha256.digest((3, 1_000)) == hash_buffer((3, 1_000))


def test_a_side_with_a_wrong_answer_is_not_timed() -> None:
    with pytest.raises(ValueError, match="wrong answer"):
        dispatch.timed({"lab": lambda: [1, 2, 3]}, seconds=0.0, seed=1)
