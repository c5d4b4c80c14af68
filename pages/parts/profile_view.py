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
from bench.plan import spoken, told
from bench.profiles import Profile, Profiling, Wanted
from bench.workloads import find_workload
from pages.parts.form_link import fill_form
from pages.parts.polling import polled
from pages.parts.shared import plain, store
from pages.parts.stopping import stop_button
from pages.parts.words import STATES


def profile_view(id_: str) -> None:
    """The profile of that id, polling while it is active."""
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
