"""The address of a Dask scheduler: right in form, or refused before anything connects."""

import pytest

from bench.errors import Refused
from bench.settings import settings


@pytest.mark.parametrize(
    "address",
    [
        "",
        "tcp://127.0.0.1:8786",
        "tcp://scheduler:1",
        "tcp://dask-1.example.org:65535",
        "tcp://[::1]:8786",
    ],
)
def test_an_address_is_taken_as_it_is(address: str) -> None:
    assert settings({"BENCH_DASK": address}).dask == address


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1:8786",
        "tcp://127.0.0.1",
        "tcp://127.0.0.1:",
        "tcp://127.0.0.1:0",
        "tcp://127.0.0.1:65536",
        "tcp://:8786",
        "tcp://a b:8786",
        "tcp://-a:8786",
        "tcp://user@host:8786",
        "tcp://host:8786/path",
        "tcp://host:8786\n",
        "tcp://[host]:8786",
        "tls://host:8786",
        "http://host:8786",
        "inproc://host:8786",
        "TCP://host:8786",
        "tcp://host:٨٧٨٦",
    ],
)
def test_anything_else_is_refused_with_an_example(address: str) -> None:
    with pytest.raises(
        Refused, match=r"^BENCH_DASK is .+ such as tcp://127\.0\.0\.1:8786, or left"
    ):
        settings({"BENCH_DASK": address})
