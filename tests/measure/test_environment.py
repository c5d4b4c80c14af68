"""The stamp on every run."""

import json
import platform
import sys

from bench.measure.environment import environment
from bench.measure.gil import gil_enabled


def test_the_stamp_is_plain_data() -> None:
    stamp = environment()
    assert json.loads(json.dumps(stamp, allow_nan=False)) == stamp


def test_the_stamp_names_this_python() -> None:
    python = environment()["python"]
    assert python["version"] == platform.python_version()
    assert python["version"] in python["label"]
    assert python["gil"] == gil_enabled()


def test_the_gil_is_named_in_words() -> None:
    expected = "with the GIL" if gil_enabled() else "without the GIL"
    assert environment()["python"]["label"].endswith(f" {expected}")


def test_a_python_that_cannot_be_without_the_gil_has_it() -> None:
    assert gil_enabled() or sys.version_info >= (3, 13)


def test_the_fingerprint_does_not_change_with_the_load() -> None:
    assert environment()["fingerprint"] == environment()["fingerprint"]


def test_the_stamp_counts_cpus_and_memory() -> None:
    stamp = environment()
    assert 1 <= stamp["cpus"]["usable"] <= stamp["cpus"]["logical"]
    assert stamp["cpus"]["model"]
    assert stamp["memory_bytes"] > 0
