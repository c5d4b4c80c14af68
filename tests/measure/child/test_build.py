"""How interpreters were built, as their own records tell it."""

import sysconfig
from collections.abc import Mapping

import pytest

from bench.measure.child.build import build
from bench.measure.host.interpreters import find_interpreters
from bench.measure.host.known import interpreter_of
from bench.plan import this_interpreter

KEPT = {"PGO_PROF_USE_FLAG": "-fprofile-use"}


@pytest.mark.parametrize(
    ("record", "pgo", "lto"),
    [
        ({**KEPT, "CONFIG_ARGS": "'--enable-optimizations' '--with-lto'"}, True, True),
        ({**KEPT, "PY_CFLAGS_NODIST": "-fprofile-use -flto=auto"}, True, True),
        ({**KEPT, "PY_CFLAGS_NODIST": "-fprofile-instr-use=x"}, True, False),
        ({**KEPT, "PY_LDFLAGS_NODIST": "-flto"}, False, True),
        (KEPT, False, False),
        # Some distributions strip the record: nothing may be said then.
        ({"CONFIG_ARGS": "'--enable-shared'"}, None, None),
        ({}, None, None),
    ],
)
def test_what_a_build_owes_to_its_compiler(
    monkeypatch: pytest.MonkeyPatch, record: Mapping[str, str], pgo: bool | None, lto: bool | None
) -> None:
    monkeypatch.setattr(sysconfig, "get_config_var", record.get)
    found = build()
    assert (found["pgo"], found["lto"]) == (pgo, lto)


def test_an_interpreter_that_is_asked_tells_what_this_one_knows_of_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bench.measure.host.interpreters._paths", list)
    (own,) = find_interpreters()
    assert own.build == build() == interpreter_of(this_interpreter()).build
    assert own.build["debug"] is False
