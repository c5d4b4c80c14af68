"""Starting what work or an experiment asks for, for as long as it is needed."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

from bench.measure.processes.groups import Reaper
from bench.measure.processes.loopback import loopback_server


@contextmanager
def provided(names: Collection[str], reaper: Reaper) -> Iterator[Mapping[str, str]]:
    """Each of the named resources with what the one who asks is given; see `bench.resources`."""
    if "server" not in names:
        yield {}
        return
    with loopback_server(reaper) as address:
        yield {"server": address}
