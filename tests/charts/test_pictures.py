"""Charts drawn as pictures: the fonts are there, and every odd run can be drawn."""

import io
import re
from itertools import pairwise

import altair as alt
import pytest
import vl_convert
from PIL import Image

from bench.analysis.results import results
from bench.analysis.words import headline
from bench.charts.fonts import FOLDER, register
from bench.charts.speedup import speedup
from bench.charts.sweep import sweep
from bench.charts.sweep_times import sweep_times
from bench.charts.theme import DARK, LIGHT, Palette
from bench.charts.times import times
from bench.samples import Run
from tests.factory import a_run, a_sweep

CHARTS = {"times": times, "speedup": speedup}
SWEEPS = {"sweep": sweep, "sweep-times": sweep_times}

# The newest Vega-Lite that vl-convert has; Altair's own schema is of the same line.
VEGA_LITE = "6.4"

ODD = {
    "nothing measured": a_run(rounds=0),
    "one round": a_run(rounds=1),
    "two noisy rounds": a_run(rounds=2, noise=0.3),
    "all failed": a_run(failed=["threads × 1", "threads × 2", "processes × 1", "processes × 2"]),
    "no baseline": a_run(failed=["sequential"]),
    "forty contenders": a_run({f"threads × {count}": (3.0, 0.1) for count in range(1, 41)}),
    "long names": a_run({"processes × 2 (forkserver, chunk 1000, and so on)": (1.7, 0.2)}),
    "a thousand threads": a_run({"threads × 1000": (0.1, 0.2)}, workload="pages"),
    "four interpreters": a_run(
        {f"processes × 2 (spawn) on {host}": (1.7, 0.2) for host in ("3.11", "3.13", "3.14")},
        interpreters=("3.11", "3.13", "3.14", "3.14t"),
    ),
}

ODD_SWEEPS = {
    "nothing measured": a_sweep(rounds=0),
    "one round": a_sweep(rounds=1),
    "two noisy rounds": a_sweep(rounds=2, noise=0.5),
    "one value left": a_sweep(
        failed=[f"sequential at length {value}" for value in ("1", "10", "100")]
    ),
    "names": a_sweep(
        {"processes × 2": (1.7, 1.1, 1.2), "ceiling × 2": (1.9, 1.8, 1.8)},
        of="start_method",
        values=("fork", "spawn", "forkserver"),
        workload="sha256",
    ),
    "zero": a_sweep({"threads × 4": (1.0, 3.9)}, of="share", values=(0.0, 100.0), workload="blend"),
    "thirty lines": a_sweep({f"threads × {count}": (0.01, 0.9, 30, 2) for count in range(1, 31)}),
    "two interpreters": a_sweep(
        {"threads × 2 on 3.11": (0.5, 0.6, 1.4, 1.9)}, interpreters=("3.11", "3.14t")
    ),
}

charts = pytest.mark.parametrize("name", CHARTS)


@pytest.fixture(autouse=True, scope="module")
def _fonts() -> None:
    register()


def chart(name: str, run: Run, palette: Palette, width: int | None) -> alt.LayerChart:
    return {**CHARTS, **SWEEPS}[name](run, results(run), "warm", palette, width)


def svg(drawn: alt.LayerChart) -> str:
    return vl_convert.vegalite_to_svg(drawn.to_dict(), vl_version=VEGA_LITE)


def texts(picture: str) -> list[str]:
    return re.findall(r"<(?:text|tspan)[^>]*>([^<]+)<", picture)


def test_the_fonts_are_shipped_with_their_licence() -> None:
    assert {path.name for path in FOLDER.glob("*.ttf")} == {
        "Inter-Regular.ttf",
        "Inter-SemiBold.ttf",
    }
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "LICENSE.txt").read_text()


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_a_picture_has_its_text(palette: Palette) -> None:
    run = a_run()

    for_times = texts(svg(chart("times", run, palette, 900)))
    for_speedup = texts(svg(chart("speedup", run, palette, 900)))

    assert {"Time for the same work", "processes × 2", "seconds, warm pool"} <= set(for_times)
    assert {"ideal", "2 usable CPUs", "threads: no difference shown"} <= set(for_speedup)


def test_a_group_of_rows_tells_its_interpreter_once() -> None:
    run = a_run(
        dict.fromkeys(("threads × 2 on 3.11", "threads × 2 on 3.14t"), (3.0, 0.1)),
        interpreters=("3.11", "3.14t"),
    )

    for name in CHARTS:
        said = texts(svg(chart(name, run, LIGHT, 900)))
        assert [said.count(host) for host in run.plan.interpreters] == [1, 1]
        assert "CPython 3.14.7 without the GIL" in said
        assert not any(text.startswith("threads × 2 on") for text in said)


def test_a_break_even_is_written_beside_its_point() -> None:
    wide, narrow = (texts(svg(chart("sweep", a_sweep(), LIGHT, width))) for width in (900, 358))

    assert any(re.fullmatch(r"breaks even at 4.* µs \(4.*–4.*\)", text) for text in wide)
    assert "breaks even at" in narrow
    assert {"1", "10", "100", "1,000"} <= set(narrow)


@charts
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_there_is_ink_where_the_title_stands(name: str, palette: Palette) -> None:
    png = vl_convert.vegalite_to_png(
        chart(name, a_run(), palette, 900).to_dict(), vl_version=VEGA_LITE
    )
    picture = Image.open(io.BytesIO(png)).convert("RGB")

    assert picture.width == 900
    title = picture.crop((0, 0, 160, 26))
    colours = {colour for _, colour in title.getcolors(maxcolors=10_000) or []}
    ground, ink = (tuple(bytes.fromhex(c[1:])) for c in (palette.background, palette.text))
    assert {ground, ink} <= colours


def test_the_title_is_broken_where_there_is_no_room() -> None:
    run = a_run()
    title = headline(results(run), "warm").removesuffix(".")

    wide, narrow = (texts(svg(chart("speedup", run, LIGHT, width))) for width in (900, 358))

    assert title in wide
    assert title not in narrow
    assert any(f"{one} {other}" == title for one, other in pairwise(narrow))
    assert "threads: no" in narrow


@charts
@pytest.mark.parametrize("width", [358, None])
@pytest.mark.parametrize("run", ODD.values(), ids=ODD)
def test_any_run_can_be_drawn(name: str, width: int | None, run: Run) -> None:
    picture = svg(chart(name, run, DARK, width))

    assert len(texts(picture)) > 5
    assert not re.search("NaN|undefined|Infinity", picture)


@pytest.mark.parametrize("name", SWEEPS)
@pytest.mark.parametrize("width", [358, None])
@pytest.mark.parametrize("run", ODD_SWEEPS.values(), ids=ODD_SWEEPS)
def test_any_sweep_can_be_drawn(name: str, width: int | None, run: Run) -> None:
    picture = svg(chart(name, run, DARK, width))

    assert len(texts(picture)) > 5
    assert not re.search("NaN|undefined|Infinity", picture)
