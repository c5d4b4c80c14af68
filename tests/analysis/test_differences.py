"""What differs between two environments, as a short list."""

from typing import Any

import pytest

from bench.analysis.differences import differences
from bench.measure.host.environment import environment

HERE = environment()


def changed(*path: str, to: Any) -> dict[str, Any]:
    """This environment with one thing in another way."""
    head, *rest = path
    inner = HERE[head]
    for name in reversed(rest):
        to = {**(inner if name == rest[0] else inner[rest[0]]), name: to}
    return {**HERE, head: to}


def test_an_environment_does_not_differ_from_itself_nor_by_its_load() -> None:
    assert differences(HERE, {**HERE, "load": 99.0}) == ()
    assert differences({}, {}) == ()


@pytest.mark.parametrize(
    ("b", "what", "is_"),
    [
        (changed("cpus", "usable", to=64), "Usable CPUs", "64"),
        (changed("cpus", "governor", to="powersave"), "Governor", "powersave"),
        (changed("cpus", "turbo", to=True), "Turbo", "on"),
        (changed("cpus", "quota", to=1.5), "CPU quota", "1.5 CPUs"),
        (changed("system", "release", to="7.0"), "Kernel", "7.0"),
        (changed("packages", "numpy", to="9.9"), "numpy", "9.9"),
        ({**HERE, "memory_bytes": 8_000_000_000}, "Memory", "8.00 GB"),
        ({**HERE, "lab": "0" * 12}, "The lab's code", "0" * 12),
    ],
)
def test_each_thing_that_differs_is_named_with_both_values(
    b: dict[str, Any], what: str, is_: str
) -> None:
    (found,) = differences(HERE, b)
    assert (found.what, found.b) == (what, is_)
    assert found.a != is_


def test_a_package_that_only_one_has_is_said_not_to_be_there() -> None:
    without = {**HERE, "packages": {}}
    assert {one.b for one in differences(HERE, without)} == {"not there"}


def python(version: str, **more: Any) -> dict[str, Any]:
    return {"label": f"CPython {version} with the GIL", "compiler": "GCC", "build": {}, **more}


def test_the_one_interpreter_of_each_run_is_compared_with_the_other_one() -> None:
    a, b = ({"interpreters": {name: python(name)}} for name in ("3.11", "3.13"))
    (found,) = differences(a, b)
    assert (found.what, found.a, found.b) == (
        "Python",
        "CPython 3.11 with the GIL",
        "CPython 3.13 with the GIL",
    )


def test_of_several_interpreters_each_is_compared_with_itself() -> None:
    a = {"interpreters": {"3.11": python("3.11.7"), "3.13": python("3.13.0")}}
    b = {"interpreters": {"3.11": python("3.11.7", build={"pgo": True})}}
    assert [(one.what, one.a, one.b) for one in differences(a, b)] == [
        ("Python 3.11, build", "not told", "pgo on"),
        ("Python 3.13", "CPython 3.13.0 with the GIL", "not there"),
    ]


def test_a_run_of_before_the_labs_code_was_stamped_differs_from_one_of_now() -> None:
    old = {name: value for name, value in HERE.items() if name != "lab"}
    (found,) = differences(old, HERE)
    assert (found.a, found.b) == ("not told", HERE["lab"])
