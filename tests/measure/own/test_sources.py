"""Where own work is, found without running any of it."""

from pathlib import Path

import pytest

from bench.errors import Refused
from bench.measure.own.sources import function_in, place_of, stamp
from bench.measure.processes.running import ROOT


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with files that would fail if they were run."""
    for name in (
        "mine.py",
        "package/__init__.py",
        "package/sub/__init__.py",
        "package/sub/work.py",
    ):
        file = tmp_path / "here" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("raise AssertionError('run')")
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


@pytest.mark.parametrize(
    ("text", "label", "module", "file"),
    [
        ("mine.py", "mine.py", "mine", "mine.py"),
        ("./mine.py", "mine.py", "mine", "mine.py"),
        ("package/../mine.py", "mine.py", "mine", "mine.py"),
        ("mine", "mine", "mine", "mine.py"),
        ("package.sub.work", "package.sub.work", "package.sub.work", "package/sub/work.py"),
        ("package/sub/work.py", "work.py", "package.sub.work", "package/sub/work.py"),
        ("package/__init__.py", "__init__.py", "package", "package/__init__.py"),
        ("package", "package", "package", "package/__init__.py"),
    ],
)
def test_a_file_or_module_is_found_with_the_folder_to_import_it_from(
    folder: Path, text: str, label: str, module: str, file: str
) -> None:
    place = place_of(text)
    assert (place.label, place.module, place.file) == (label, module, str(folder / file))
    assert place.folders == (str(folder),)


def test_what_is_installed_needs_no_folder() -> None:
    assert place_of("click.utils").folders == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("not_there.py", "own work is 'not_there.py': it must be a Python file that is there; che"),
        ("package/", "own work is 'package/': it must be a Python file that is there; check its"),
        ("not_there", "own work is 'not_there': it must be a module that Python finds; set PYTHON"),
        ("package.not_there", "own work is 'package.not_there': it must be a module that Python"),
        ("my-work", "own work is 'my-work': it must be a module's name or a file's path; such as"),
        ("", "own work is '': it must be a module's name or a file's path; such as mine.py."),
        ("sys", "own work is 'sys': it must be a module that Python finds; set PYTHONPATH to"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_is_not_found_is_refused(text: str, told: str) -> None:
    with pytest.raises(Refused) as refusal:
        place_of(text)
    assert str(refusal.value).startswith(told)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("my-work.py", "it must be a file whose name is one for Python; rename it, as in my_work"),
        ("class.py", "it must be a file whose name is one for Python; rename it, as in my_work.py"),
        ("random.py", "it must be a module whose name is not taken; rename random."),
        ("bench.py", "it must be a module whose name is not taken; rename bench."),
        ("click.py", "it must be a module whose name is not taken; rename click."),
    ],
)
def test_a_file_that_would_hide_another_is_refused(folder: Path, name: str, told: str) -> None:
    (folder / name).write_text("")
    with pytest.raises(Refused) as refusal:
        place_of(name)
    assert str(refusal.value).startswith(f"own work is '{name}': {told}")


@pytest.mark.parametrize("name", ["queue.py", "bench.py", "json/__init__.py"])
def test_a_folder_that_would_hide_what_others_import_is_refused(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("")
    with pytest.raises(Refused, match="rename that one, or put your work into another folder"):
        place_of("mine.py")


def test_the_labs_own_folder_may_hold_work_too() -> None:
    assert place_of(str(ROOT / "examples" / "mine.py")).module == "mine"
    assert place_of(str(ROOT / "app.py")).module == "app"


def test_a_function_is_named_behind_its_file_or_module(folder: Path) -> None:
    place, name = function_in("package/sub/work.py:resize")
    assert (place.module, name) == ("package.sub.work", "resize")
    assert function_in("mine:resize")[0].file == str(folder / "mine.py")


@pytest.mark.parametrize("text", ["mine.py", "mine.py:", ":resize", "mine.py:a-b", "mine.py:a.b"])
def test_what_names_no_function_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"a file or module and a name in it; such as mine\.py:"):
        function_in(text)


def test_a_stamp_changes_with_any_of_its_files_and_when_one_goes(folder: Path) -> None:
    files = [str(folder / name) for name in ("mine.py", "package/__init__.py")]
    before = stamp(files)
    assert stamp(files) == before
    (folder / "package/__init__.py").write_text("x = 1")
    changed = stamp(files)
    (folder / "mine.py").unlink()
    assert len({before, changed, stamp(files)}) == 3
