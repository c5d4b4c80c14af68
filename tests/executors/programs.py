"""Running `every_variant` in interpreters of this machine."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run_every_variant(name: str, python: str = sys.executable) -> int:
    """How many variants were right. Fails if it fails, warns, or leaves something lying about."""
    command = [python, "-W", "error", "-m", "tests.executors.every_variant", name]
    # Not pytest's own folder: its path can be too long for the fork server's socket.
    with tempfile.TemporaryDirectory(prefix="lab-") as folder:
        ended = subprocess.run(
            command,
            cwd=ROOT,
            env=environment(folder),
            capture_output=True,
            text=True,
            check=False,
        )
        assert (ended.returncode, ended.stderr) == (0, ""), ended.stderr
        assert [str(path) for path in Path(folder).rglob("*")] == []
    return int(ended.stdout)


def environment(folder: Path | str) -> dict[str, str]:
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
