"""`--dask` on the command line, with a cluster that is made up and trials that take no time."""

import json

import pytest

from bench.executors.dask import Dask, no_scheduler
from bench.measure.host import cluster
from bench.measure.host.cluster import Cluster
from tests.clusters import ADDRESS, a_cluster
from tests.commands.conftest import Bench
from tests.scripted import Scripted

# A trial whose answer is the address that it was given.
TELLS = 'tell(SAMPLE | {"answer": os.environ["BENCH_DASK"]})'

WORK = (
    "run",
    "primes",
    "--workers",
    "2",
    "--rounds",
    "2",
    "--no-ceiling",
    "--no-save",
    "--out",
    "-",
)


@pytest.fixture(autouse=True)
def made_up(monkeypatch: pytest.MonkeyPatch, scripted: Scripted) -> None:
    def ask(address: str) -> Cluster:
        if address != ADDRESS:
            raise no_scheduler(address)
        return a_cluster()

    monkeypatch.setattr(Dask, "missing", lambda _: None)
    monkeypatch.setattr(cluster, "ask", ask)
    monkeypatch.setattr(cluster, "_kept", {})
    scripted(dict.fromkeys(["sequential", "dask"], TELLS))


def test_the_address_reaches_the_trials_and_the_run_says_so(bench: Bench) -> None:
    said = bench(*WORK, "--executor", "dask", "--dask", ADDRESS)
    assert said.code == 0, said.err
    plain = json.loads(said.out)
    assert {sample["answer"] for sample in plain["samples"]} == {ADDRESS}
    assert plain["environment"]["cluster"] == a_cluster().as_json()


def test_without_it_the_setting_holds(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BENCH_DASK", ADDRESS)
    plain = json.loads(bench(*WORK, "--executor", "dask").out)
    assert {sample["answer"] for sample in plain["samples"]} == {ADDRESS}


def test_given_empty_it_takes_the_setting_away(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BENCH_DASK", ADDRESS)
    plain = json.loads(bench(*WORK, "--executor", "dask", "--dask", "").out)
    assert {sample["answer"] for sample in plain["samples"]} == {""}
    assert plain["environment"]["cluster"] is None


def test_where_nobody_answers_nothing_is_started(bench: Bench) -> None:
    said = bench(*WORK, "--executor", "dask", "--dask", "tcp://127.0.0.1:9")
    assert (said.code, said.out) == (2, "")
    assert said.err == (
        "executor is 'dask': it must be one that can run here; No Dask scheduler answers at "
        "tcp://127.0.0.1:9: start it there, or name another one.\n"
    )


def test_a_run_without_the_executor_needs_no_cluster(bench: Bench) -> None:
    said = bench(*WORK, "--executor", "sequential", "--dask", "tcp://127.0.0.1:9")
    assert said.code == 0, said.err
    assert json.loads(said.out)["environment"]["cluster"] is None
