"""Room for connections, in a process of its own whose limit is lowered first."""

import resource
import subprocess
import sys

import pytest

from bench import descriptors
from bench.measure.processes.running import ROOT

SCRIPT = """
import os, resource, sys
from bench import descriptors
soft, hard, connections = map(int, sys.argv[1:])
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
descriptors.make_room(connections)
print(resource.getrlimit(resource.RLIMIT_NOFILE)[0], descriptors.most_at_once())
"""


@pytest.mark.parametrize(
    ("soft", "hard", "connections", "after"),
    [
        (100, 500, 200, (264, 436)),
        (100, 500, 436, (500, 436)),
        (100, 500, 10_000, (500, 436)),
        (400, 500, 200, (400, 436)),
        (40, 50, 1, (50, 0)),
    ],
)
def test_a_process_makes_room_as_far_as_it_may(
    soft: int, hard: int, connections: int, after: tuple[int, int]
) -> None:
    command = [sys.executable, "-c", SCRIPT, str(soft), str(hard), str(connections)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert tuple(map(int, done.stdout.split())) == after


def test_no_limit_is_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    unlimited = resource.RLIM_INFINITY
    monkeypatch.setattr(resource, "getrlimit", lambda _: (unlimited, unlimited))
    assert descriptors.most_at_once() is None
