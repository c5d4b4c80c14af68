"""What a run was measured on, as lines: what is known, and nothing else."""

from bench.analysis.surroundings import surroundings
from bench.measure.host.environment import environment
from tests.factory import a_run


def test_a_real_stamp_is_told_whole() -> None:
    stamp = environment()
    told = dict(surroundings(stamp))
    assert list(told) == [
        "Python",
        "CPUs",
        "Memory",
        "System",
        "Packages",
        "Load before",
        "Fingerprint",
    ]
    assert told["Python"] == stamp["python"]["label"]
    assert f"{stamp['cpus']['logical']} logical" in told["CPUs"]
    assert f"numpy {stamp['packages']['numpy']}" in told["Packages"]


def test_a_cluster_is_told_where_there_was_one() -> None:
    nodes = [{"host": "127.0.0.1"}, {"host": "127.0.0.2"}]
    told = dict(surroundings({"cluster": {"workers": 4, "nodes": nodes}}))
    assert told == {"Cluster": "4 Dask workers on 2 nodes"}


def test_what_is_not_known_is_left_out() -> None:
    assert surroundings({}) == ()
    assert [name for name, _ in surroundings(a_run().environment)] == ["Python", "CPUs"]
    cpus = {"usable": 1, "logical": 8, "quota": 0.5, "model": None}
    assert surroundings({"cpus": cpus}) == (("CPUs", "1 usable CPU, 8 logical, quota 0.5"),)
