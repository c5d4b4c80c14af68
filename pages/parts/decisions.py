"""The decision table: the textbook's advice, what this machine measured, and whether they agree."""

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from bench.analysis.advice import ROWS, Row, Stand
from bench.analysis.progress import estimated_seconds
from bench.asking.links import query_of_plan
from bench.errors import Refused
from bench.guides.decisions import Decision, Judgement, decision, judged_from, plans_of
from bench.plan import Plan
from bench.samples import Run
from pages.parts.polling import polled
from pages.parts.shared import plain, store, usable_cpus, who, why_not
from pages.parts.stopping import stop_button
from pages.parts.this_machine import this_machine
from pages.parts.words import Colour, duration, state_badge, when

REFUSED = "refused.decisions"

# What the address calls the set of runs that was asked for last.
SET = "set"

STANDS: Mapping[Stand, tuple[Colour, str]] = {
    "agrees": ("green", ":material/check:"),
    "disagrees": ("orange", ":material/close:"),
    "no difference shown": ("gray", ":material/question_mark:"),
    "not measured": ("gray", ":material/remove:"),
}

Plans = Mapping[str, Plan]


def decisions_view(python: str) -> None:
    """The table on that interpreter, with the button that measures all of it."""
    plans, refused = plans_of(list(ROWS.values()), usable_cpus(), python)
    batch = st.query_params.get(SET, "")
    active = [run for run in store().runs.of_batch(batch) if run.active]
    _measure_all(plans, active=bool(active))
    if batch and not store().runs.of_batch(batch):
        st.warning("There is no such set of runs: the link may have been cut short.")
    if active:
        polled(partial(_show, plans), batch)
    else:
        _table(plans)
    for name, reason in refused.items():
        st.caption(plain(f"{ROWS[name].title}: {reason}"))


def row_decision(row: Row, plan: Plan) -> Decision:
    """What the newest run of a row's plan on this machine says to it."""

    def judge(row: Row, run: Run) -> Judgement:
        return _judged(row.name, run.id, run.ended)

    return decision(store(), row, plan, this_machine(), judge)


# A whole run is read and judged once, not at each look at the table.
@st.cache_data(max_entries=200, show_spinner=False)
def _judged(row: str, run: str, ended: float | None) -> Judgement:  # noqa: ARG001
    found = store().runs.find(run)
    assert found
    return judged_from(store())(ROWS[row], found)


def _measure_all(plans: Plans, *, active: bool) -> None:
    barred = why_not()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Measure all",
            key="measure-all",
            type="primary",
            icon=":material/play_arrow:",
            disabled=active or not plans or bool(barred),
            help=barred,
            on_click=_submit,
            args=(list(plans.values()),),
        )
        st.caption(f"{len(plans)} runs, one after the other. {_takes(list(plans.values()))}")
    if refused := st.session_state.pop(REFUSED, ""):
        st.error(plain(refused), icon=":material/block:")


def _takes(plans: Sequence[Plan]) -> str:
    """What several plans are likely to take, as a sentence."""
    known = [seconds for plan in plans if (seconds := estimated_seconds(plan, usable_cpus()))]
    least, most = (sum(seconds[end] for seconds in known) for end in (0, 1))
    return f"Takes about {duration(least)}, at most about {duration(most)}."


def _submit(plans: Sequence[Plan]) -> None:
    try:
        st.query_params[SET] = store().queue.submit_set(plans, who())
    except Refused as refusal:
        st.session_state[REFUSED] = str(refusal)


def _show(plans: Plans, batch: str) -> None:
    runs = store().runs.of_batch(batch)
    active = [run.plan for run in runs if run.active]
    if not active:
        st.rerun()
    ended = len(runs) - len(active)
    st.progress(ended / len(runs), f"{ended} of {len(runs)} measured. {_takes(active)}")
    stop_button(
        batch, store().queue.stop_set, "Ends what goes on and waits; keeps what was measured."
    )
    _table(plans)


def _table(plans: Plans) -> None:
    with st.container(key="decisions", gap="small"):
        for name, plan in plans.items():
            _line(row_decision(ROWS[name], plan))


def _line(one: Decision) -> None:
    with st.container(border=True, key=f"row-{one.row.name}", gap="small"):
        advice, here, stand = st.columns([4, 4, 4], vertical_alignment="center")
        advice.markdown(f"**{plain(one.row.title)}**  \nTextbook: {plain(one.row.advice)}")
        answer = one.judgement.agreement.answer
        here.markdown(f"Here: **{plain(answer)}**" if answer else "Not measured here yet.")
        with stand, st.container(horizontal=True, vertical_alignment="center"):
            if one.lately.active:
                state_badge(one.lately.active)
            stand_badge(one)
            _link(one)
        explained(one)


def _link(one: Decision) -> None:
    """To the run that it rests on, with its moment; or to the form that measures it."""
    run = one.lately.ended
    if run and run.ended:
        label, page, query = when(run.ended), "result.py", {"run": run.id}
        st.page_link(page, label=label, icon=":material/link:", query_params=query)
    else:
        fill = query_of_plan(one.plan) or {}
        st.page_link("lab.py", label="Measure it", icon=":material/speed:", query_params=fill)


def stand_badge(one: Decision) -> None:
    """Whether the advice holds here."""
    stand = one.judgement.agreement.stand
    colour, icon = STANDS[stand]
    st.badge(stand, icon=icon, color=colour)


def explained(one: Decision) -> None:
    """Why the advice does not hold here, and what bounds the gain, where that is shown."""
    agreed = one.judgement.agreement
    told = [agreed.sentence] if agreed.stand == "disagrees" else []
    if sentences := [*told, *one.judgement.explanations]:
        st.caption("\n".join(f"- {plain(sentence)}" for sentence in sentences))
