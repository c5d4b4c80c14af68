"""The picture for the back of a room: a bar each, large type, the figures in words."""

from bench.analysis.results import results
from bench.charts.drawing import styled
from bench.charts.stage import SCALE, stage
from bench.charts.theme import LIGHT
from tests.factory import a_run

RUN = a_run({"processes × 2": (1.71, 0.07)})


def test_sequential_work_and_the_answer_have_a_bar_and_all_their_rounds() -> None:
    spec = stage(RUN, results(RUN), LIGHT).to_dict(validate=True)
    bars, rounds = (
        next(
            layer["data"]["values"]
            for layer in spec["layer"]
            if layer["data"]["name"] == name and "values" in layer["data"]
        )
        for name in ("bars", "rounds")
    )
    assert [row["name"] for row in bars] == ["sequential", "processes × 2"]
    assert bars[1]["text"].startswith("processes × 2: 1.7")
    assert bars[1]["text"].endswith(" times as fast")
    assert len(rounds) == 2 * 5
    assert "processes × 2: 1.7" in spec["description"]


def test_its_type_is_larger_than_that_of_other_charts() -> None:
    big = stage(RUN, results(RUN), LIGHT).to_dict()["config"]
    usual = styled(
        [], {}, LIGHT, title="", subtitle=[], description="", grid="x", height=1, width=None
    ).config
    for part, name in (("title", "fontSize"), ("axis", "labelFontSize"), ("text", "fontSize")):
        assert big[part][name] == SCALE * usual[part][name]


def test_before_the_first_round_it_is_an_empty_frame() -> None:
    begun = a_run(rounds=0)
    assert stage(begun, results(begun), LIGHT).to_dict(validate=True)["layer"]
