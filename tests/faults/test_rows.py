"""The table of faults and the tests are about each other."""

import ast
from pathlib import Path

import pytest

from tests.faults.rows import ROWS

TESTS = Path(__file__).parents[1]


@pytest.mark.parametrize("row", ROWS)
def test_every_row_has_a_test(row: str) -> None:
    assert ROWS[row]
    for file, name in ROWS[row]:
        assert name in functions_in(TESTS / file)


def test_every_file_of_this_room_is_about_a_row() -> None:
    about = {TESTS / file for tests in ROWS.values() for file, _ in tests}
    assert {*(TESTS / "faults").glob("test_*.py")} - about == {Path(__file__)}


def functions_in(file: Path) -> list[str]:
    found = ast.parse(file.read_text(encoding="utf-8")).body
    return [one.name for one in found if isinstance(one, ast.FunctionDef)]
