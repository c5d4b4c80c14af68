"""The measuring service: in a thread of the test, or as a process of its own."""

from collections.abc import Iterator

import pytest

from bench.settings import Settings
from bench.store import Store
from tests.scripted import Scripted
from tests.serving import Kept, Start, as_processes, in_a_thread


@pytest.fixture
def kept(store: Store) -> Kept:
    return Kept(store)


@pytest.fixture
def serving(here: Settings, store: Store, scripted: Scripted) -> Iterator[Scripted]:  # noqa: ARG001
    """The service works in a thread of this process; its trials are scripted."""
    with in_a_thread(here):
        yield scripted


@pytest.fixture
def start() -> Iterator[Start]:
    """A function that starts a service as a process with a lifeline."""
    with as_processes() as started:
        yield started
