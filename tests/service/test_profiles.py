"""What the service makes of a profile in its queue."""

import pytest

from bench.profiles import Profiling
from bench.store import Store
from tests.profiled import WANTED, ScriptedProfiles, a_profile
from tests.watching import eventually

pytestmark = pytest.mark.usefixtures("serving")


def ended(store: Store) -> Profiling:
    """A profile that was asked for, once it has ended."""
    id_ = store.queue.submit(WANTED)
    eventually(lambda: (one := store.profiles.find(id_)) and not one.active, "a profile's end")
    found = store.profiles.find(id_)
    assert found
    return found


def test_a_profile_is_made_in_its_turn(store: Store, profiles: ScriptedProfiles) -> None:
    profiles(a_profile())
    found = ended(store)
    assert (found.state, found.profile, found.error) == ("done", a_profile(), "")
    assert found.environment["fingerprint"]


def test_one_that_cannot_be_made_fails_with_the_sentence(
    store: Store, profiles: ScriptedProfiles
) -> None:
    profiles.does("print('what it printed', flush=True); os._exit(3)")
    found = ended(store)
    assert (found.state, found.profile) == ("failed", None)
    assert found.error == "Its process ended with exit code 3 before it had a result."
    assert found.output == "what it printed\n"
