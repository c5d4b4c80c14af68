"""Some parts measured anew stand in one table with those that were measured before."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bench.errors import Refused
from benchmarks.kept import joined, kept_parts
from benchmarks.table import as_json
from tests.benchmarks.test_table import DONE, STAMP


def kept_in(folder: Path) -> Path:
    file = folder / "rows.json"
    file.write_text(json.dumps(as_json(DONE, STAMP)), encoding="utf-8")
    return file


def test_parts_come_back_from_their_file_as_they_were(tmp_path: Path) -> None:
    assert tuple(kept_parts(kept_in(tmp_path), STAMP)) == DONE


def test_what_is_no_part_any_more_is_left_out(tmp_path: Path) -> None:
    file = kept_in(tmp_path)
    file.write_text(file.read_text("utf-8").replace('"peers"', '"gone"'), encoding="utf-8")
    assert tuple(kept_parts(file, STAMP)) == DONE[:1]


def test_a_part_that_was_measured_anew_takes_the_place_of_the_old_one() -> None:
    dispatch, peers = DONE
    anew, truth = replace(dispatch, took_s=5.0), replace(dispatch, part="truth")
    assert joined(DONE, [truth, anew]) == [anew, truth, peers]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("fingerprint", "ffffffff"),
        ("python", {"label": "CPython 3.12.1 with the GIL"}),
        ("packages", {"ray": "2.60.0"}),
        ("seed", 2),
        ("effort", 0.1),
    ],
)
def test_parts_from_elsewhere_are_refused(tmp_path: Path, name: str, other: object) -> None:
    with pytest.raises(Refused, match=f"the same {name} as here and now; measure all parts"):
        kept_parts(kept_in(tmp_path), {**STAMP, name: other})


@pytest.mark.parametrize("text", ["", "{}", '{"environment": {}, "parts": [{}]}', "[]"])
def test_a_file_that_holds_no_rows_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "rows.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match="a file that --json has written"):
        kept_parts(file, STAMP)
