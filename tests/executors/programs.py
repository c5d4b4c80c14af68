"""Running `every_variant` in interpreters of this machine."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run_every_variant(name: str, folder: Path, python: str = sys.executable) -> str:
    """What it prints. Fails if it fails, warns, or leaves something in its temporary folder."""
    folder.mkdir(exist_ok=True)
    command = [python, "-W", "error", "-m", "tests.executors.every_variant", name]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, ""), ended.stderr
    left = [str(path.relative_to(folder)) for path in folder.rglob("*")]
    assert left == []
    return ended.stdout.strip()


def environment(folder: Path) -> dict[str, str]:
    """This process's, with the lab importable and a temporary folder of its own."""
    path = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path), "TMPDIR": str(folder)}


def newer_interpreters() -> list[str]:
    """Each Python from 3.14 on that PATH, pyenv or uv has here, by its version: 3.14, 3.14t, …"""
    names = [f"python3.{minor}{build}" for minor in range(14, 20) for build in ("", "t")]
    homes = [
        Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser() / "versions",
        Path(os.environ.get("UV_PYTHON_INSTALL_DIR", "~/.local/share/uv/python")).expanduser(),
    ]
    found = [sys.executable] if sys.version_info >= (3, 14) else []
    found += [path for name in names if (path := shutil.which(name))]
    found += [str(path) for home in homes for path in sorted(home.glob("*3.1[4-9]*/bin/python3"))]
    return [python for python in dict.fromkeys(found) if _is_new(python)]


def _is_new(python: str) -> bool:
    check = "import sys; sys.exit(sys.version_info < (3, 14))"
    return subprocess.run([python, "-c", check], capture_output=True, check=False).returncode == 0
