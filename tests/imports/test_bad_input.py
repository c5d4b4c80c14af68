"""What is no run, or not a whole one: a sentence that names what is wrong, and nothing stored."""

import gzip
import io
import json
import zipfile
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.analysis.surroundings import surroundings
from bench.errors import Refused
from bench.exports.csv_run import samples_csv
from bench.exports.json_run import run_json
from bench.exports.markdown_run import run_markdown
from bench.imports.bringing import bring_in
from bench.imports.formats import run_from
from bench.settings import settings as settings_here
from bench.store import Store
from tests.build import outcome
from tests.imports.files import MOST, PLAIN, WRITTEN, as_bytes, changed

TEXT = as_bytes(PLAIN)


def zipped() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("run.json", TEXT)
    return packed.getvalue()


def in_sample(name: str, value: object) -> bytes:
    return changed(lambda plain: plain["samples"][3].update({name: value}))


def in_plan(name: str, value: object) -> bytes:
    return changed(lambda plain: plain["plan"].update({name: value}))


def called(name: str) -> bytes:
    """The file with a contender of another name, in all that names it."""
    return TEXT.replace(
        json.dumps("processes × 2").encode(), json.dumps(name, ensure_ascii=True).encode()
    )


BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "JSON text that begins with {"),
    "truncated": (TEXT[:-200], "broken off at line 1, column"),
    "huge": (b"{" + b" " * MOST, "file is '8,000,001 bytes': it must be at most 8,000,000 bytes"),
    "deep": (b'{"a":' * 20_000 + b"1" + b"}" * 20_000, "at most 16 levels deep"),
    "many": (b'{"a":[' + b"[]," * 500_000 + b"[]]}", "more than 400,000 lists and objects"),
    "a list": (b"[1, 2]", "JSON text that begins with {"),
    "not a number": (TEXT.replace(b'"repeats": 1', b'"repeats": NaN', 1), "number is 'NaN'"),
    "no finite number": (
        TEXT.replace(b'"repeats": 1', b'"repeats": 1e999', 1),
        "number is '1e999'",
    ),
    "5,000 digits": (
        TEXT.replace(b'"repeats": 1', b'"repeats": ' + b"1" * 5_000, 1),
        "5,000 characters long",
    ),
    "a key twice": (TEXT.replace(b'"state"', b'"id"', 1), "key is 'id': it must be there once"),
    "another version": (TEXT.replace(b"speedup-lab/1", b"speedup-lab/2"), "must be speedup-lab/1"),
    "a comparison": (b'{"format": "speedup-lab-comparison/1"}', "must be speedup-lab/1"),
    "no text": (b'{"a": "\xff"}', "text in UTF-8"),
    "other JSON": (b'{"name": "package"}', "JSON of pyperf, hyperfine or pytest-benchmark"),
    "a renamed zip": (zipped(), "unpack an archive first"),
    "a renamed gzip": (gzip.compress(TEXT), "unpack an archive first"),
    "text that turns": (called("a\u202eb"), "remove U"),
    "control characters": (called("a\x1b[2Jb"), "remove U"),
    "half a character": (
        changed(lambda plain: plain["samples"][0].update(answer="\ud800")),
        "halves of characters",
    ),
    "goes on": (changed(lambda plain: plain.update(state="running")), "state is 'running'"),
    "a negative time": (in_sample("warm_s", -1.0), r"samples[3].warm_s is -1.0"),
    "a time in words": (in_sample("warm_s", "1 s"), r"samples[3].warm_s is '1 s'"),
    "true for a number": (in_sample("round", True), r"samples[3].round is True"),
    "no time": (in_sample("cold_s", None), r"samples[3].cold_s is None"),
    "no such contender": (in_sample("contender", "x"), r"samples[3].contender is 'x'"),
    "a trial twice": (in_sample("order", 2), "samples is (1, 2): it must be there once"),
    "times of no clock": (in_sample("warm_s", 1e7), "must be within a factor of 1,000,000"),
    "no interpreter": (in_plan("interpreters", []), "plan.interpreters is 'empty'"),
    "no precision": (in_plan("precision", ""), "plan.precision is ''"),
    "a contender called as the baseline": (
        changed(lambda plain: plain["plan"]["contenders"][0].update(name="sequential")),
        "plan.contenders is 'sequential': it must be there once",
    ),
    "no plan": (changed(lambda plain: plain.pop("plan")), "plan is 'missing'"),
    "too many workers": (
        changed(lambda plain: plain["plan"]["contenders"][0].update(workers=10**9)),
        "plan.contenders[0].workers is 1000000000",
    ),
    "hyperfine's nothing": (b'{"results": []}', "results is '0 long'"),
    "hyperfine's zero": (
        b'{"results": [{"command": "true", "times": [0.0]}]}',
        "more than 0 s; measure again without a shell",
    ),
    "pyperf's bytes": (
        WRITTEN["pyperf-2.10.0"].replace(b'"unit": "second"', b'"unit": "byte"'),
        "unit is 'byte': it must be second",
    ),
    "pyperf's version": (
        b'{"version": "3.0", "benchmarks": [{"runs": [{"values": [1]}]}]}',
        "version is '3.0': it must be 1.0",
    ),
    "a name that turns": (
        b'{"results": [{"command": "a\\u202eb", "times": [1.0]}]}',
        "name of benchmark 1 is 'a\\u202eb'",
    ),
}


@pytest.mark.parametrize(("data", "match"), BAD.values(), ids=BAD)
def test_what_is_no_run_is_one_sentence_and_nothing_is_stored(
    data: bytes, match: str, store: Store
) -> None:
    with pytest.raises(Refused) as refusal:
        bring_in(store, settings_here(), data)
    assert match in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 400
    assert store.runs.count() == 0


def test_a_name_that_may_not_be_stores_nothing(store: Store) -> None:
    with pytest.raises(Refused, match="name is"):
        bring_in(store, settings_here(), TEXT, title="a\u202eb")
    assert store.runs.count() == 0


def test_markup_and_formulas_come_in_and_act_on_nothing() -> None:
    for name in ("=HYPERLINK(1)", "<script>alert(1)</script>", "[x](http://example.org)"):
        run = run_from(as_bytes({"results": [{"command": name, "times": [1.0, 1.1]}]}), MOST)
        assert run.plan.contenders[0].name == name
        assert "<script>" not in run_markdown(run, "warm").replace("\\<", "")
        assert "(http://" not in run_markdown(run, "warm")
        assert ",=HYPER" not in samples_csv(run)


# Anything that JSON can say, and pieces that may stand where they do not belong.
_ODD: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(["sequential", "processes × 2", "3.11", "dask", 0, 1, 1e-10, 1e7, [], {}]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)

_FILES: list[Any] = [PLAIN, *(json.loads(data) for data in WRITTEN.values())]


def _places(plain: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value of a file; of long lists to the first ones alone."""
    inner = list(plain.items()) if isinstance(plain, dict) else []
    inner = list(enumerate(plain))[:3] if isinstance(plain, list) else inner
    return [path, *(way for key, one in inner for way in _places(one, (*path, key)))]


# The analysis of a file is not read.
_PLACES = [
    (file, way)
    for file, plain in enumerate(_FILES)
    for way in _places(plain)
    if way and way[0] not in ("analysis", "warnings")
]


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(_PLACES), _ODD), min_size=1, max_size=2))
def test_whatever_stands_anywhere_is_a_sentence_or_a_run_that_can_be_shown(
    odd: list[tuple[tuple[int, tuple[Any, ...]], Any]],
) -> None:
    file = odd[0][0][0]
    plain = json.loads(json.dumps(_FILES[file]))
    for (of, way), value in odd:
        if of == file:
            _put(plain, way, value)
    shown_or_refused(as_bytes(plain))


def _put(plain: Any, way: tuple[Any, ...], value: object) -> None:
    for key in way[:-1]:
        try:
            plain = plain[key]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(plain, dict) or (isinstance(plain, list) and way[-1] in range(len(plain))):
        plain[way[-1]] = value


@given(st.binary(max_size=200) | st.integers(0, len(TEXT)).map(lambda end: TEXT[:end]))
def test_any_bytes_are_a_sentence(data: bytes) -> None:
    found = outcome(lambda given: run_from(given, MOST), data)
    assert isinstance(found, Refused) or data == TEXT


_TIMES = st.floats(1e-10, 1e7)


@given(st.lists(st.tuples(_TIMES, _TIMES), min_size=1, max_size=30))
def test_any_times_of_a_clock_can_be_analysed(times: list[tuple[float, float]]) -> None:
    def change(plain: Any) -> None:
        for sample, (warm, cold) in zip(plain["samples"], times, strict=False):
            sample.update(warm_s=warm, cold_s=cold)

    shown_or_refused(changed(change))


def shown_or_refused(data: bytes) -> None:
    found = outcome(lambda given: run_from(given, MOST, 1.0), data)
    if isinstance(found, Refused):
        assert "\n" not in str(found)
    else:
        json.dumps(run_json(found), allow_nan=False)
        assert run_markdown(found, "cold")
        assert surroundings(found.environment) is not None
