"""A run on a page: waiting, running with what it has so far, or ended."""

# What estimates is loaded with the page, before anything is measured: not with the first figures.
import scipy.special  # noqa: F401
import streamlit as st

from bench.analysis.progress import estimated_seconds, progress
from bench.analysis.results import results
from bench.analysis.swept import headline_of
from bench.demonstration import Demonstration
from bench.experiments import find_experiment
from bench.profiles import ABOUT, Profiling
from bench.samples import Run
from bench.store.kinds import Job
from pages.parts.details import seen
from pages.parts.polling import polled
from pages.parts.result_view import charts, result_view
from pages.parts.shared import plain, store, usable_cpus, watched
from pages.parts.stopping import stop_button
from pages.parts.words import duration, state_badge, work_in_words

# What is drawn of a run is so old at most, in seconds.
DRAWN = 5.0


def live(run_id: str) -> None:
    """Show a run, polling while it is active; an unknown id is said in a sentence."""
    run = watched().run(run_id)
    if run is None:
        st.header("Not found", anchor=False)
        st.error("There is no such run. It may have been deleted, or the link was cut short.")
        st.page_link("history.py", label="All runs", icon=":material/history:")
    elif run.active:
        polled(_show, run_id)
    else:
        result_view(run)


def _show(run_id: str) -> None:
    run = watched().run(run_id)
    if run is None or not run.active:
        st.rerun()
    elif run.state == "queued":
        _waiting(run)
    else:
        _running(run)


def _waiting(run: Run) -> None:
    _heading(run, "Waiting")
    service = store().queue.service()
    if service is None:
        st.warning(
            "The measuring service does not answer. It is started again by itself; the run waits."
        )
    else:
        st.info(_waits_for(run, service))
    _stop(run)
    charts(run, "warm")  # empty frames, so that the browser has what it draws with


def _waits_for(run: Run, service: str) -> str:
    """What a run waits for; `service` is for whom the measuring service waits itself."""
    if service:
        return f"Waiting for {plain(service)}: one measurement at a time on a machine."
    ahead = store().queue.ahead(run.id)
    if not ahead:
        return "Next: it begins in a moment."
    jobs = "1 other is" if len(ahead) == 1 else f"{len(ahead)} others are"
    return f"{jobs} before this one, about {duration(sum(map(_at_most, ahead)))}."


def _at_most(job: Job) -> float:
    """How long a job may take, in seconds: a run's budget where nothing else is known."""
    if isinstance(job, Profiling):
        return ABOUT
    if isinstance(job, Demonstration):
        return find_experiment(job.asked.experiment).seconds
    estimate = estimated_seconds(job.plan, usable_cpus())
    return estimate[1] if estimate else job.plan.budget_s


def _running(run: Run) -> None:
    now = progress(run)
    left = "" if now.seconds_left is None else f" · about {duration(now.seconds_left)} left"
    shown = run.until(_drawn_until(run.id, now.round))
    _heading(run, _headline(shown) if run.samples else "Measuring")
    st.progress(now.share, f"Round {max(1, now.round)} · {now.done} of {now.expected} trials{left}")
    _stop(run)
    charts(shown, "warm")


def _drawn_until(run_id: str, round_: int) -> int:
    """The last round that is drawn: of those after the first, the last whole one."""
    return 1 if round_ <= 2 else _lately_whole(run_id, round_ - 1)


# Drawing costs CPU on the machine that measures.
@st.cache_data(ttl=DRAWN, max_entries=200, show_spinner=False)
def _lately_whole(run_id: str, _round: int) -> int:  # noqa: ARG001  kept for each run
    return _round


# Computed once for what is drawn, for all who watch.
@st.cache_data(max_entries=200, show_spinner=False, hash_funcs={Run: seen})
def _headline(run: Run) -> str:
    return headline_of(run, results(run), "warm")


def _heading(run: Run, text: str) -> None:
    st.header(plain(text), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        state_badge(run)
        st.caption(f"{plain(work_in_words(run.plan))} · {run.plan.precision}")


def _stop(run: Run) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        stop_button(
            run.id, store().queue.stop, "Ends the run and keeps the rounds that are finished."
        )
        st.page_link(
            "result.py",
            label="Link to this run",
            icon=":material/link:",
            query_params={"run": run.id},
        )
