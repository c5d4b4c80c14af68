"""Rounds of sides, by a clock that the test moves."""

from collections.abc import Callable

from benchmarks.session import column, interleaved


class Sides:
    """Two sides that take a second each and note their order."""

    def __init__(self) -> None:
        self.now, self.order = 0.0, ""

    def taking(self, name: str) -> Callable[[], str]:
        def side() -> str:
            self.now += 1.0
            self.order += name
            return f"{name}{len(self.order)}"

        return side

    def rounds(self, *, seconds: float, least: int = 1, seed: int = 1) -> list[dict[str, str]]:
        sides = {"A": self.taking("A"), "B": self.taking("B")}
        return interleaved(sides, seconds=seconds, least=least, seed=seed, clock=lambda: self.now)


def test_each_round_holds_each_side_once_in_an_order_of_its_own() -> None:
    sides = Sides()
    sides.rounds(seconds=100)
    pairs = {sides.order[place : place + 2] for place in range(0, len(sides.order), 2)}
    assert pairs == {"AB", "BA"}


def test_the_same_seed_gives_the_same_orders_and_another_gives_others() -> None:
    orders = []
    for seed in (1, 1, 2):
        sides = Sides()
        sides.rounds(seconds=100, seed=seed)
        orders.append(sides.order)
    assert orders[0] == orders[1] != orders[2]


def test_no_round_is_begun_that_would_end_too_late() -> None:
    assert len(Sides().rounds(seconds=10.5)) == 5


def test_there_are_never_fewer_rounds_than_the_least() -> None:
    assert len(Sides().rounds(seconds=0, least=3)) == 3


def test_a_column_is_one_side_round_by_round() -> None:
    rounds = Sides().rounds(seconds=0, least=2)
    assert column(rounds, "A") == [one["A"] for one in rounds]
