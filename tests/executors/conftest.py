"""Every executor that can run here, one after another."""

import pytest

from bench.executors import NAMES, find_executor
from bench.executors.seam import Executor


@pytest.fixture(scope="module", params=NAMES)
def executor(request: pytest.FixtureRequest) -> Executor:
    found = find_executor(request.param)
    if reason := found.missing():
        pytest.skip(f"{request.param}: {reason}")
    return found
