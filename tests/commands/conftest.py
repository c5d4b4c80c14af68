"""The command line, called as a function: what it says and how it ends."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from bench.commands import main


class Said(NamedTuple):
    """A command's exit code and what it wrote."""

    code: int
    out: str
    err: str


Bench = Callable[..., Said]


@pytest.fixture
def bench(capsys: pytest.CaptureFixture[str]) -> Bench:
    """A function that runs one command: `bench("run", "primes")`."""

    def called(*arguments: str) -> Said:
        code = main(arguments)
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return called
