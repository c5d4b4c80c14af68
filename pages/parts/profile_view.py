"""Own work, profiled: what a task is like, what that recommends, and the form filled with it."""

from collections.abc import Mapping

import streamlit as st

from bench.analysis.advice import Advice, advice_of
from bench.analysis.words import digits
from bench.asking.picked import Picked
from bench.errors import Refused
from bench.executors import checked_options, find_executor
from bench.forms import Value
from bench.guides.rows import able_on
from bench.plan import Plan, spoken, told
from bench.profiles import ABOUT, Profile, Profiling, Wanted
from bench.workloads import find_workload
from pages.parts.form_link import fill_form
from pages.parts.live import polled
from pages.parts.shared import plain, store, who, why_not
from pages.parts.stopping import stop_button
from pages.parts.words import STATES, duration

REFUSED = "profile.refused"
PROFILE = "profile"


def profile_button(plan: Plan | None) -> None:
    """Offer to profile the plan's work, if it is the operator's own."""
    source, barred = find_workload(plan.workload).source if plan else None, why_not()
    if plan and source:
        st.button(
            "Profile it",
            key="profile-it",
            icon=":material/query_stats:",
            disabled=bool(barred),
            on_click=_submit,
            args=(plan,),
            help=barred
            or "Looks at a sample of its tasks in a process of their own (length, CPU, the GIL, "
            f"what is sent) and recommends a way to run them. About {duration(ABOUT)} or more.",
        )


def _submit(plan: Plan) -> None:
    """Queue a profile of the plan's work, and put its id where a reload finds it."""
    try:
        parameters = find_workload(plan.workload).parameters(plan.parameters)
        wanted = Wanted(plan.workload, parameters, plan.interpreters[0])
        st.query_params[PROFILE] = store().queue.submit(wanted, who())
    except Refused as refusal:
        st.session_state[REFUSED] = str(refusal)


def profile_view() -> None:
    """The profile that the address names, if it names one, polling while it is active."""
    if refused := st.session_state.pop(REFUSED, ""):
        st.error(plain(refused), icon=":material/block:")
    id_ = st.query_params.get(PROFILE, "")
    if not id_:
        return
    st.divider()
    found = store().profiles.find(id_)
    if found is None:
        st.error("There is no such profile. It may have been deleted, or the link cut short.")
    elif found.active:
        polled(_show, id_)
    else:
        _ended(found)


def _show(id_: str) -> None:
    found = store().profiles.find(id_)
    if found is None or not found.active:
        st.rerun()
    _head(found)
    if found.state == "queued":
        ahead = len(store().queue.ahead(id_))
        st.info(f"{ahead} before this one." if ahead else "It is next.")
    stop_button(id_, store().queue.stop, "Ends it.")


def _head(found: Profiling) -> None:
    colour, icon = STATES[found.state]
    wanted = found.wanted
    values = f" ({_told(wanted.parameters)})" if wanted.parameters else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(found.state, icon=icon, color=colour)
        st.caption(plain(f"Profile of {wanted.workload}{values} on {wanted.interpreter}"))


def _told(values: Mapping[str, Value]) -> str:
    return ", ".join(f"{spoken(name)} {told(value)}" for name, value in values.items())


def _ended(found: Profiling) -> None:
    _head(found)
    if found.profile is None:
        st.error(plain(found.error or "It ended without facts."), icon=":material/error:")
        if found.output:
            st.code(found.output, language=None)
        return
    try:
        work = find_workload(found.wanted.workload)
        able = able_on(work, found.wanted.interpreter)
    except (Refused, KeyError):
        st.warning("Its work, or its Python, is not there any more.", icon=":material/block:")
        return
    advice = advice_of(found.profile, able)
    st.header(plain(advice.sentence), anchor=False)
    if advice.next_to_it:
        st.markdown(plain(advice.next_to_it))
    st.markdown("\n".join(f"- {plain(reason.message)}" for reason in advice.reasons))
    _model(advice, found.profile)
    if advice.to_check:
        st.button(
            "Measure it",
            key="measure-it",
            icon=":material/edit_note:",
            on_click=_fill,
            args=(advice, found.wanted),
            help="Fills the form above with the recommended way and what comes next to it: a run "
            "shows whether the recommendation holds.",
        )


def _model(advice: Advice, profile: Profile) -> None:
    """What the model expects of each way, and why others are out."""
    rows = [
        {
            "way": way.name,
            "times as fast": digits(way.gain, 2),
            "with": _told(way.options),
        }
        for way in advice.ways
    ]
    rows += [{"way": one.executor, "times as fast": "", "with": one.why} for one in advice.barred]
    st.caption("By the model, with a pool started for this one use:")
    st.dataframe(rows, hide_index=True, width="stretch", key="profile-ways")
    with st.expander("All facts"):
        st.json(profile.as_json())


def _fill(advice: Advice, wanted: Wanted) -> None:
    """Let the form hold the ways to check, with their options, when it is drawn next."""
    ways = {way.executor: way for way in advice.to_check}
    fill_form(
        Picked(
            wanted.workload,
            wanted.parameters,
            {name: checked_options(find_executor(name), way.options) for name, way in ways.items()},
            tuple(sorted({way.workers for way in ways.values()})),
            (wanted.interpreter,),
            "quick",
        )
    )
