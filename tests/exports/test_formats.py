"""All forms of a run: their names, their ends, and files of them."""

import io
import subprocess
import sys
import zipfile

from bench.exports.formats import file_name, files, formats_of, whole
from bench.exports.look import NAMES, Look
from tests.factory import a_run, costing, traced

FULL = traced(costing(a_run()))


def test_a_run_has_every_form_by_its_name_and_end() -> None:
    there = formats_of(FULL)
    assert tuple(dict.fromkeys(one.name for one in there.values())) == NAMES
    assert {one.end: one for one in there.values()} == there
    assert "/timeline.svg" in there
    assert not {"/timeline.svg", "/trace.json"} & formats_of(a_run()).keys()


def test_several_files_are_one_zip_which_is_the_same_each_time() -> None:
    pyperf = formats_of(FULL)["/pyperf.zip"]
    packed = whole(FULL, pyperf, Look())
    assert packed == whole(FULL, pyperf, Look())
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        inside = {file_name(FULL.id, f"/{name}"): archive.read(name) for name in archive.namelist()}
    assert inside == files(FULL, pyperf, Look())


def test_the_command_line_does_without_charts_until_it_exports() -> None:
    code = "import sys, bench.commands; sys.exit('altair' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
