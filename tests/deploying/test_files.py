"""The files for containers and systemd keep the rules that docs/deploying.md states."""

import configparser
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bench.settings import SETTINGS
from bench.web import health

ROOT = Path(__file__).parents[2]

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
DEPLOYING = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """The instructions of a Dockerfile, with lines that go on joined."""
    joined = re.sub(r"\\\n\s*", " ", re.sub(r"(?m)^#.*\n", "", text))
    for line in filter(None, map(str.strip, joined.splitlines())):
        name, _, rest = line.partition(" ")
        yield name, rest.strip()


def last_stage() -> list[tuple[str, str]]:
    found = list(instructions(DOCKERFILE))
    starts = [place for place, (name, _) in enumerate(found) if name == "FROM"]
    assert len(starts) == 2
    return found[starts[-1] :]


def values(name: str) -> list[str]:
    return [rest for one, rest in last_stage() if one == name]


@pytest.fixture(scope="module")
def lab() -> Any:
    """The one service of the compose file."""
    services = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert list(services) == ["lab"]
    return services["lab"]


def test_the_image_is_slim_and_holds_what_was_installed_before() -> None:
    assert values("FROM") == ["python:3.13-slim"]
    assert "--from=packages /venv /venv" in values("COPY")
    assert not any("pip install" in line for line in values("RUN"))


def test_the_image_does_not_run_as_root() -> None:
    (user,) = values("USER")
    assert user not in ("root", "0")
    names = [name for name, _ in last_stage()]
    assert names.index("USER") > max(place for place, name in enumerate(names) if name == "RUN")


def test_the_image_is_asked_how_it_is_where_that_can_be_answered_with_no() -> None:
    (check,) = values("HEALTHCHECK")
    command = json.loads(check.partition("CMD ")[2])
    assert command[0] == "python"  # there is no curl in it
    assert "/health'" in command[2]
    assert health.FRESH < 10
    compile(command[2], "healthcheck", "exec")


def test_the_image_starts_the_app_itself() -> None:
    (command,) = values("CMD")
    assert json.loads(command)[:3] == ["streamlit", "run", "app.py"]


def test_the_image_has_all_that_the_app_is_made_of_and_no_secrets() -> None:
    kept = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for part in ("app.py", "bench", "pages", ".streamlit", "requirements.txt"):
        assert f"!{part}" in kept
        assert (ROOT / part).exists()
    assert kept.index(".streamlit/secrets.toml") > kept.index("!.streamlit")


def test_settings_that_the_files_name_are_settings() -> None:
    unit = (ROOT / "deploy" / "speedup-lab.service").read_text(encoding="utf-8")
    compose = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    named = set(re.findall(r"BENCH_[A-Z_]+", DOCKERFILE + unit + compose + DEPLOYING))
    assert named <= {setting.name for setting in SETTINGS}


def test_the_container_has_a_read_only_root_an_init_and_shared_memory(lab: Any) -> None:
    assert lab["read_only"] is True
    assert lab["init"] is True
    assert lab["shm_size"] == "512m"
    assert lab["cap_drop"] == ["ALL"]
    assert lab["security_opt"] == ["no-new-privileges:true"]
    assert lab["stop_grace_period"] == "10s"
    assert [one.partition(":")[0] for one in lab["tmpfs"]] == ["/tmp"]
    assert all(port.startswith("127.0.0.1:") for port in lab["ports"])
    assert "privileged" not in lab
    assert "cpus" not in lab


def test_what_is_to_be_typed_says_the_same(lab: Any) -> None:
    (told,) = re.findall(r"(?s)docker run (.*?) speedup-lab\n", DEPLOYING)
    given = shlex.split(told.replace("\\\n", " "))
    for option in ("--init", "--read-only", f"--shm-size={lab['shm_size']}"):
        assert option in given
    assert given[given.index("--pids-limit") + 1] == str(lab["pids_limit"])
    assert given[given.index("--memory") + 1] == lab["mem_limit"]


def test_the_unit_has_ten_seconds_to_stop_and_no_privileges() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(ROOT / "deploy" / "speedup-lab.service")
    service = unit["Service"]
    assert (service["TimeoutStopSec"], service["KillMode"]) == ("10", "mixed")
    assert service["User"] not in ("", "root")
    assert service["NoNewPrivileges"] == "true"
    assert "run app.py --server.address 127.0.0.1" in service["ExecStart"]
