from itertools import pairwise

import pytest

from bench.charts.axes import Axis
from bench.charts.strips import (
    ALONE,
    HEADING,
    LINE_HEIGHT,
    Label,
    Placed,
    Strips,
    placed,
    strips_of,
)

THREE = Strips(("3.11", "3.13", "3.14t"), Axis(0, 2), height=100)


def extents(found: list[Placed], strips: Strips) -> list[tuple[float, float]]:
    return sorted(
        (
            label.centre - strips.units(LINE_HEIGHT * len(label.lines) / 2),
            label.centre + strips.units(LINE_HEIGHT * len(label.lines) / 2),
        )
        for label in found
    )


def test_one_strip_is_the_axis_itself() -> None:
    alone = Strips(("3.11",), Axis(0, 2), height=320)

    assert [alone.place(value) for value in (0, 1, 2)] == [0, 1, 2]
    assert (alone.length, alone.pixels) == (2, 320)


def test_strips_follow_each_other_downwards_with_room_for_their_headings() -> None:
    for upper, lower in pairwise(range(3)):
        gap = THREE.bottom(upper) - THREE.top(lower)
        assert gap == pytest.approx(THREE.units(HEADING))
    assert THREE.length == pytest.approx(THREE.top(0) + THREE.units(HEADING))
    assert THREE.pixels == 3 * (100 + HEADING)


def test_a_value_stands_as_high_in_every_strip() -> None:
    heights = [THREE.place(1.5, strip) - THREE.bottom(strip) for strip in range(3)]

    assert heights == pytest.approx([1.5, 1.5, 1.5])


def test_strips_are_lower_than_one_alone_unless_their_labels_need_the_room() -> None:
    axis, names = Axis(0, 2), ["3.11", "3.14t"]

    assert strips_of(names[:1], axis, []).height == ALONE
    assert strips_of(names, axis, [("threads", 0)]).height < ALONE
    assert strips_of(names, axis, [("threads", 1)] * 30).height >= 30 * LINE_HEIGHT


def test_broken_labels_do_not_overlap() -> None:
    strips = Strips(("",), Axis(0, 2), height=320)
    labels = [Label("threads: no difference shown", 2, 1.0)] * 3 + [Label("ideal", 2, 2)]

    found = placed(labels, strips, 19)

    assert [len(label.lines) for label in found] == [2, 2, 2, 1]
    for (_, end), (start, _) in pairwise(extents(found, strips)):
        assert start >= end - 1e-9
    first = found[0]
    assert first.first == pytest.approx(first.centre + strips.units(LINE_HEIGHT / 2))


def test_labels_stay_in_their_strip() -> None:
    labels = [Label("threads", 2, THREE.place(2, strip), strip) for strip in (0, 1, 1, 1, 2)]

    found = placed(labels, THREE, 36)

    for label, at in zip(labels, found, strict=True):
        assert THREE.bottom(label.strip) < at.first < THREE.top(label.strip)
