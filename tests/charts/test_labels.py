from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bench.charts.labels import spread, wrapped

positions = st.lists(st.floats(-5, 25), max_size=30)
heights = st.floats(0.1, 3)


def test_labels_with_room_stay_where_they_are_wanted() -> None:
    assert spread([2.0, 8.0, 5.0], [1, 1, 1], 0, 10) == [2.0, 8.0, 5.0]


def test_labels_on_one_spot_move_apart_around_it() -> None:
    assert spread([5.0, 5.0], [2, 2], 0, 10) == [4.0, 6.0]


def test_labels_at_an_end_stay_in_the_range() -> None:
    assert spread([10.0, 10.0], [2, 2], 0, 10) == [7.0, 9.0]
    assert spread([0.0, 0.5], [2, 4], 0, 10) == [1.0, 4.0]


def test_no_labels() -> None:
    assert spread([], [], 0, 10) == []


@given(positions, heights)
def test_labels_never_overlap_nor_leave_the_range_nor_change_their_order(
    wanted: list[float], height: float
) -> None:
    centres = spread(wanted, [height] * len(wanted), 0, 20)

    shrunk = min(height, 20 / max(1, len(wanted)))
    for centre in centres:
        assert shrunk / 2 - 1e-9 <= centre <= 20 - shrunk / 2 + 1e-9
    for one, other in pairwise(sorted(centres)):
        assert other - one >= shrunk - 1e-9
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    assert order == sorted(range(len(wanted)), key=lambda index: centres[index])


def test_parts_are_joined_while_they_fit() -> None:
    parts = ["one two", "three", "four"]

    assert wrapped(parts, 30, " · ") == ["one two · three · four"]
    assert wrapped(parts, 15, " · ") == ["one two · three", "four"]


def test_a_part_that_is_too_long_is_broken_between_words() -> None:
    assert wrapped(["processes (spawn): no difference shown"], 19, " ") == [
        "processes (spawn):",
        "no difference shown",
    ]


def test_a_word_that_is_too_long_stands_alone() -> None:
    assert wrapped(["a longishword b"], 6, " ") == ["a", "longishword", "b"]
    assert wrapped([], 6, " ") == []
