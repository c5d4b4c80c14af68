"""Exports by address: what is answered, what is kept, and what is refused."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from PIL import Image
from starlette.applications import Starlette

from bench.samples import Run, State
from bench.store import Store
from bench.web import closed_routes, share_routes
from bench.web.shelf import Made, Shelf
from tests.factory import a_run, a_sweep, costing, traced
from tests.keeping import keep_race, keep_run
from tests.web.calling import Answer, get

FULL = traced(costing(a_run()))

Ask = Callable[..., Answer]


class Counting(Shelf):
    """A shelf that counts what is made."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def make(self, key: object, make: Callable[[], Made]) -> Made:
        self.count += 1
        return super().make(key, make)


@pytest.fixture
def shelf() -> Counting:
    return Counting()


@pytest.fixture
def ask(store: Store, shelf: Counting) -> Ask:
    """A function that asks for an address below /share."""
    app = Starlette(routes=share_routes(store, shelf))
    return lambda address, **headers: get(app, f"/share/{address}", **headers)


@pytest.fixture
def run(store: Store) -> str:
    return keep_run(store, FULL)


@pytest.mark.parametrize(
    ("end", "media_type", "begins"),
    [
        (".json", "application/json", b'{\n  "format": "speedup-lab/1"'),
        (".csv", "text/csv; charset=utf-8", b"run,contender,"),
        ("/contenders.csv", "text/csv; charset=utf-8", b"run,contender,"),
        (".md", "text/markdown; charset=utf-8", b"### Processes"),
        (".html", "text/html; charset=utf-8", b"<!DOCTYPE html>"),
        ("/trace.json", "application/json", b'{"traceEvents":['),
        ("/pyperf.zip", "application/zip", b"PK"),
        ("/times.svg", "image/svg+xml", b"<svg"),
        ("/times.png", "image/png", b"\x89PNG"),
    ],
)
def test_each_form_has_an_address_and_its_type(
    ask: Ask, run: str, end: str, media_type: str, begins: bytes
) -> None:
    answer = ask(run + end)
    assert (answer.code, answer.headers["content-type"]) == (200, media_type)
    assert answer.body.startswith(begins)
    assert answer.headers["x-content-type-options"] == "nosniff"
    name = f"speedup-lab-{run}{end.replace('/', '-')}"
    assert answer.headers["content-disposition"] == f'inline; filename="{name}"'


def test_what_is_given_is_the_run(ask: Ask, run: str) -> None:
    assert json.loads(ask(f"{run}.json").text)["id"] == run
    with zipfile.ZipFile(io.BytesIO(ask(f"{run}/pyperf.zip").body)) as archive:
        files = {name: json.loads(archive.read(name)) for name in archive.namelist()}
    assert files.keys() == {"sequential.json", "control.json", "threads.json", "processes.json"}


def test_a_picture_looks_as_its_address_says(ask: Ask, run: str) -> None:
    dark = ask(f"{run}/times.svg?theme=dark&mode=cold").text
    assert "#11151A" in dark
    assert "with pool start-up" in dark
    picture = Image.open(io.BytesIO(ask(f"{run}/times.png?scale=1").body))
    assert picture.width == 960


def test_a_demonstration_is_answered_by_the_same_addresses(ask: Ask, store: Store) -> None:
    id_ = keep_race(store)
    assert json.loads(ask(f"{id_}.json").text)["name"] == "race"
    assert "Updates lost" in ask(f"{id_}/picture.svg").text
    assert ask(f"{id_}.md").code == 200
    assert ask(f"{id_}/trace.json").code == 404


def test_what_has_ended_is_made_once_and_told_by_its_tag(
    ask: Ask, run: str, shelf: Counting
) -> None:
    first, second = ask(f"{run}.csv"), ask(f"{run}.csv")
    assert first == second
    assert shelf.count == 1
    assert first.headers["cache-control"] == "public, max-age=300"
    for tag in (
        first.headers["etag"],
        f"W/{first.headers['etag']}",
        f'"x", {first.headers["etag"]}',
    ):
        known = ask(f"{run}.csv", if_none_match=tag)
        assert (known.code, known.body) == (304, b"")
        assert known.headers["etag"] == first.headers["etag"]
    assert ask(f"{run}.csv", if_none_match='"other"').code == 200


def test_each_look_has_a_tag_of_its_own(ask: Ask, run: str) -> None:
    addresses = (f"{run}.md", f"{run}.md?mode=cold", f"{run}.csv")
    assert len({ask(address).headers["etag"] for address in addresses}) == len(addresses)


def test_a_run_that_went_on_is_another(ask: Ask, store: Store, run: str) -> None:
    before = ask(f"{run}.csv")
    store.runs.go_on(run, "running")
    store.runs.keep(run, replace(FULL.samples[0], round=99))
    assert ask(f"{run}.csv").headers["cache-control"] == "no-store"
    store.runs.end(run, "done")
    after = ask(f"{run}.csv", if_none_match=before.headers["etag"])
    assert after.code == 200
    assert len(after.text.splitlines()) == len(before.text.splitlines()) + 1


@pytest.mark.parametrize("state", ["running", "queued"])
def test_a_run_that_goes_on_is_never_kept(
    ask: Ask, store: Store, shelf: Counting, state: State
) -> None:
    id_ = keep_run(store, FULL, "running")
    if state == "queued":
        store.runs.go_on(id_, state)
    for count in (1, 2):
        answer = ask(f"{id_}.csv", if_none_match="*")
        assert (answer.code, answer.headers["cache-control"]) == (200, "no-store")
        assert "etag" not in answer.headers
        assert shelf.count == count


@pytest.mark.parametrize(
    "address",
    [
        "0123456789ab.json",
        "zzz.json",
        "",
        "../../etc/passwd",
        "<script>",
        "0123456789ab/../../x.svg",
        "0123456789ab.json/",
        "x" * 5_000,
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(ask: Ask, address: str) -> None:
    answer = ask(address)
    assert answer.code == 404
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    (sentence,) = answer.text.splitlines()
    assert sentence.startswith("There is no")
    assert "<" not in sentence


@pytest.mark.parametrize("end", ["/nonsense.svg", "/timeline.svg", "/trace.json", ".pdf", "/x.png"])
def test_a_form_that_a_run_does_not_have_is_said_with_those_that_it_has(
    ask: Ask, store: Store, end: str
) -> None:
    answer = ask(keep_run(store, a_sweep()) + end)
    assert answer.code == 404
    assert f"There is no {end} of this run; there are .json, .csv," in answer.text
    assert "/sweep.svg" in answer.text


def test_a_run_without_a_finished_round_has_nothing_for_pyperf(ask: Ask, store: Store) -> None:
    answer = ask(f"{keep_run(store, a_run(rounds=0))}/pyperf.zip")
    assert answer.code == 404
    assert "a round that all its contenders finished" in answer.text


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/times.svg?theme=pink", "theme is 'pink': it must be one of light, dark."),
        ("/times.png?scale=99", "scale is '99': it must be a whole number from 1 to 3."),
        ("/times.png?scale=", "scale is '': it must be a whole number from 1 to 3."),
        ("/times.svg?width=9", "parameter is 'width': it must be one of theme, mode."),
        (".csv?theme=dark", "parameter is 'theme': it must be left out"),
        ("/times.svg?theme=dark&theme=light", "parameter is 'theme': it must be given once."),
        ("/times.svg?%3Cscript%3E=1", "parameter is '<script>': it must be one of theme, mode."),
    ],
)
def test_a_bad_parameter_is_refused_in_a_sentence(
    ask: Ask, run: str, address: str, told: str
) -> None:
    answer = ask(run + address)
    assert answer.code == 400
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert told in answer.text


@pytest.mark.parametrize("made", [a_run(rounds=0), a_run(failed=["sequential"]), a_sweep(rounds=1)])
def test_runs_that_were_cut_short_have_all_their_charts(ask: Ask, store: Store, made: Run) -> None:
    id_ = keep_run(store, made, "interrupted")
    ends = ("sweep.svg", "phases.svg") if made.plan.sweep else ("speedup.svg", "rounds.svg")
    assert [ask(f"{id_}/{end}").code for end in ends] == [200, 200]


def test_who_comes_when_too_many_wait_is_told_when_to_come_again(store: Store, run: str) -> None:
    app = Starlette(routes=share_routes(store, Shelf(most_waiting=-1)))
    answer = get(app, f"/share/{run}.csv")
    assert (answer.code, answer.headers["retry-after"]) == (503, "3")
    assert answer.text == "Too many exports are being made: try again in a few seconds.\n"


@pytest.mark.parametrize("end", [".json", "/times.png", ".nonsense"])
def test_where_people_log_in_nothing_is_told_of_any_run(run: str, end: str) -> None:
    app = Starlette(routes=closed_routes())
    there, not_there = get(app, f"/share/{run}{end}"), get(app, f"/share/0123456789ab{end}")
    assert there == not_there
    assert there.code == 403
    assert there.text.startswith("Exports by address are closed here")


def test_a_report_and_an_svg_may_do_nothing_to_the_app(ask: Ask, run: str) -> None:
    assert ask(f"{run}.html").headers["content-security-policy"] == "sandbox allow-scripts"
    policy = ask(f"{run}/times.svg").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
