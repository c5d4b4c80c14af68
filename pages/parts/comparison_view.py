"""A comparison on a page: the answer, what else differs, the pictures, the table."""

from typing import Any

import pandas as pd
import streamlit as st

from bench.analysis.comparing import MEASURES, Change, Comparison, Measure, Pair
from bench.analysis.comparing_cautions import cautions_of
from bench.analysis.comparing_words import ASKED, compared_headline
from bench.analysis.differences import differences
from bench.analysis.results import Mode
from bench.analysis.side_by_side import side_by_side
from bench.analysis.words import digits, seconds, span
from bench.charts.gallery import View, charts_of
from bench.charts.ratios import ratios
from bench.charts.theme import PALETTES
from bench.exports.markdown_comparison import comparison_markdown
from pages.parts.details import Seen, seen
from pages.parts.result_view import LEAST_CHART, MODES
from pages.parts.shared import palette, plain

Two = tuple[Seen, Seen]


def comparison_view(found: Comparison) -> None:
    """Everything that two runs show together."""
    with st.container(horizontal=True):
        asked = st.segmented_control(
            "Compare",
            list(MEASURES),
            default="time",
            required=True,
            key="by",
            bind="query-params",
            help="\n\n".join(f"**{name}**: {plain(ASKED[name])}" for name in MEASURES),
        )
        pool = st.segmented_control(
            "Times", list(MODES), default="warm pool", required=True, key="pool"
        )
    measure: Measure = "speedup" if asked == "speedup" else "time"
    mode = MODES[pool or "warm pool"]
    st.header(plain(compared_headline(found, measure, mode)), anchor=False)
    st.caption(plain(ASKED[measure]))
    _differences(found)
    for caution in cautions_of(found):
        st.warning(f"**{caution.code}** {plain(caution.message)} {plain(caution.action)}")
    _pictures(found, measure, mode)
    _table(found, measure, mode)
    _left_out(found)
    _share(found, measure)


def _differences(found: Comparison) -> None:
    odd = differences(found.a.environment, found.b.environment)
    if not odd:
        st.caption("What the two runs ran on does not differ.")
        return
    st.table(
        {
            "differs": [plain(one.what) for one in odd],
            "A": [plain(one.a) for one in odd],
            "B": [plain(one.b) for one in odd],
        },
        border="horizontal",
        hide_index=True,
        alt="What differs between the environments of the two runs",
    )


def _pictures(found: Comparison, measure: Measure, mode: Mode) -> None:
    drawn = _drawn((seen(found.a), seen(found.b)), found, measure, mode, palette().name)
    if "ratios" in drawn:
        _chart("ratios", drawn.pop("ratios"))
    with st.grid(2, min_column_width=LEAST_CHART, gap="medium"):
        for name, spec in drawn.items():
            _chart(name, spec)


def _chart(name: str, spec: dict[str, Any]) -> None:
    with st.container(key=f"chart-{name}"):
        st.vega_lite_chart(spec=spec, theme=None, width="stretch", key=f"compared-{name}")


# The comparison itself is not part of the key: what tells the two runs is.
@st.cache_data(max_entries=100, show_spinner=False)
def _drawn(
    two: Two,  # noqa: ARG001
    _found: Comparison,
    measure: Measure,
    mode: Mode,
    theme: str,
) -> dict[str, dict[str, Any]]:
    colours = PALETTES[theme]
    drawn: dict[str, dict[str, Any]] = {}
    if _found.changes(measure, mode):
        drawn["ratios"] = ratios(_found, measure, mode, colours).to_dict()
    if _found.a.plan.sweep == _found.b.plan.sweep:
        run, both = side_by_side(_found)
        view = View(mode, colours)
        for name, kind in charts_of(run.plan).items():
            if kind.place != "below":
                drawn[name] = kind.draw(run, both, view).to_dict()
    return drawn


def _table(found: Comparison, measure: Measure, mode: Mode) -> None:
    rows = pd.DataFrame(
        [_row(pair, change, measure) for pair, change in found.changes(measure, mode)]
    )
    if len(rows):
        st.dataframe(rows, hide_index=True, width="stretch", alt="All ratios in figures")


def _row(pair: Pair, change: Change, measure: Measure) -> dict[str, object]:
    say = seconds if measure == "time" else digits
    return {
        "contender": pair.name,
        f"{measure} A": say(change.a.estimate),
        f"{measure} B": say(change.b.estimate),
        "B / A": digits(change.ratio.estimate),
        "95% interval": span(change.ratio),
        "verdict": change.verdict,
        "rounds": f"{pair.a.n} and {pair.b.n}",
    }


def _left_out(found: Comparison) -> None:
    """What could not be compared, and why."""
    told = [f"{pair.name} cannot be compared. {pair.error}" for pair in found.pairs if pair.error]
    told += [
        f"Only in {name}: {', '.join(only)}."
        for name, only in (("A", found.only_a), ("B", found.only_b))
        if only
    ]
    if told:
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in told))


def _share(found: Comparison, measure: Measure) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        for name, run in (("A", found.a), ("B", found.b)):
            st.page_link(
                "result.py",
                label=f"Run {name}",
                icon=":material/link:",
                query_params={"run": run.id},
            )
        st.download_button(
            "Markdown",
            data=lambda: comparison_markdown(found, measure),
            file_name=f"speedup-lab-{found.a.id}-{found.b.id}.md",
            mime="text/markdown",
            icon=":material/download:",
            on_click="ignore",
            key="markdown",
        )
    st.code(f"python -m bench compare {found.a.id} {found.b.id} --by {measure}", language="shell")
