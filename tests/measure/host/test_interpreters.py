"""Which Pythons are found, what they are called, and when they are asked."""

import errno
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.errors import Unavailable
from bench.measure.host import interpreters
from bench.measure.host.interpreters import Interpreter, find_interpreters

Program = Callable[..., Path]


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No Python is on PATH or in uv's or pyenv's folder but those that a test puts there."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setattr("os.get_exec_path", lambda: [str(tmp_path / "bin")])
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setenv("UV_PYTHON_INSTALL_DIR", str(tmp_path / "uv"))


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A function that makes a program which answers like a Python of a version."""

    def make(
        version: str,
        where: str = "bin/python3.99",
        *,
        free_threaded: bool = False,
    ) -> Path:
        path = tmp_path / where
        path.parent.mkdir(parents=True, exist_ok=True)
        answer = {
            "path": str(path),
            "program": str(path),
            "version": version,
            "implementation": "CPython",
            "compiler": "GCC",
            "free_threaded": free_threaded,
            "executors": {"threads": None, "loky": "This Python has no loky."},
            "workloads": {"primes": None},
        }
        path.write_text(f"#!/bin/sh\necho asked >> {path}.asked\necho '{json.dumps(answer)}'\n")
        path.chmod(0o755)
        return path

    return make


def others(*named: Path, kept: Path | None = None) -> list[Interpreter]:
    """All that are found but this one."""
    found = find_interpreters([str(path) for path in named], kept)
    assert found[0].path == sys.executable
    return found[1:]


def test_this_interpreter_comes_first_under_its_short_name() -> None:
    (own,) = find_interpreters()
    assert own.name == f"{sys.version_info.major}.{sys.version_info.minor}"
    assert own.executors["threads"] is None
    assert own.workloads["primes"] is None
    assert own.label.startswith("CPython 3.")


def test_programs_on_path_and_in_the_folders_of_uv_and_pyenv_are_found(program: Program) -> None:
    program("3.97.0", "bin/python3.97")
    program("3.98.0", "pyenv/versions/3.98.0/bin/python3.98")
    program("3.99.0", "uv/cpython-3.99/bin/python3.99")
    assert [one.name for one in others()] == ["3.97", "3.98", "3.99"]


def test_pyenvs_shims_are_left_aside(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    shims = program("3.99.0", "pyenv/shims/python3.99").parent
    monkeypatch.setattr("os.get_exec_path", lambda: [str(shims)])
    assert others() == []


def test_two_of_one_minor_version_have_two_names(program: Program) -> None:
    program("3.99.1", "bin/python3.99")
    program("3.99.2", "pyenv/versions/3.99.2/bin/python3.99")
    assert [one.name for one in others()] == ["3.99", "3.99.2"]


def test_one_program_under_two_names_is_one_interpreter(program: Program, tmp_path: Path) -> None:
    program("3.99.1", "bin/python3.99")
    (tmp_path / "uv" / "link" / "bin").mkdir(parents=True)
    (tmp_path / "uv" / "link" / "bin" / "python3.99").symlink_to(tmp_path / "bin" / "python3.99")
    assert [one.name for one in others()] == ["3.99"]


def test_a_free_threaded_build_stands_for_two(program: Program) -> None:
    program("3.99.0", "bin/python3.99t", free_threaded=True)
    without, with_gil = others()
    assert (without.name, without.gil) == ("3.99t", False)
    assert (with_gil.name, with_gil.gil) == ("3.99t+gil", True)
    assert without.environment == {"PYTHON_GIL": "0"}
    assert with_gil.environment == {"PYTHON_GIL": "1"}


def test_an_old_one_is_listed_with_the_reason(program: Program) -> None:
    program("3.10.13", "bin/python3.10")
    assert others()[0].problem == "Python 3.10.13 is older than 3.11."


def test_a_named_one_that_is_no_python_is_listed_with_the_reason(tmp_path: Path) -> None:
    silent = tmp_path / "silent"
    silent.write_text("#!/bin/sh\nexit 0\n")
    silent.chmod(0o755)
    (found,) = others(silent)
    assert found.problem == "It does not start, or is no Python 3."
    (absent,) = others(tmp_path / "absent")
    assert absent.problem == "It does not start, or is no Python 3."


def test_one_that_hangs_is_listed_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(interpreters, "ANSWER", 0.2)
    hanging = tmp_path / "hanging"
    hanging.write_text("#!/bin/sh\nexec sleep 600\n")
    hanging.chmod(0o755)
    # This interpreter may not answer in so short a time either: it is asked as the first.
    found = find_interpreters([str(hanging)])
    assert found[1].problem == "It did not say what it is within 0.2 s."


def test_a_machine_short_of_processes_is_no_word_on_an_interpreter(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program("3.12.1")
    kept = tmp_path / "kept.json"

    def refused(*_: object) -> bytes:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    with monkeypatch.context() as patch:
        patch.setattr(interpreters, "told_by", refused)
        with pytest.raises(Unavailable, match="let the lab have more processes"):
            others(kept=kept)
    assert not kept.exists()
    assert [one.problem for one in others(kept=kept)] == [""]


def test_what_it_cannot_run_is_told_with_the_reason(program: Program) -> None:
    program("3.99.0")
    assert others()[0].executors == {"threads": None, "loky": "This Python has no loky."}
    assert others()[0].workloads == {"primes": None}


def test_an_interpreter_is_asked_once(program: Program, tmp_path: Path) -> None:
    asked = Path(f"{program('3.99.0')}.asked")
    kept = tmp_path / "kept.json"
    assert others(kept=kept) == others(kept=kept)
    assert asked.read_text() == "asked\n"


def test_an_interpreter_that_changed_is_asked_again(program: Program, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    program("3.98.0")
    others(kept=kept)
    program("3.99.0")
    assert others(kept=kept)[0].version == "3.99.0"


def test_a_damaged_file_of_answers_is_no_obstacle(program: Program, tmp_path: Path) -> None:
    program("3.99.0")
    kept = tmp_path / "kept.json"
    kept.write_text("{")
    assert others(kept=kept)[0].version == "3.99.0"
