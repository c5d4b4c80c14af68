"""Every page in every state that it has a text for, and the made-up data that brings it there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from bench.access import OPERATOR, Who
from bench.analysis.advice import ROWS
from bench.asking.links import query_of_plan
from bench.guides.rows import plan_of
from bench.guides.tour import STEPS, step_plan
from bench.measure.host.cpus import cpus
from bench.measure.host.environment import environment
from bench.store import Store
from tests.analysis.advice.test_agreement import measured
from tests.build import a_plan
from tests.checked import a_check
from tests.factory import a_run, a_sweep, costing, traced
from tests.keeping import keep_race, keep_run, keep_shown
from tests.profiled import WANTED, a_profile

PURE = "does=computes&state=no&code=python&short=longer"

Do = Callable[[Page], None]


@dataclass(frozen=True)
class State:
    """An address, what it shows there, and what is done on the page then.

    `dark` ones are looked at in the dark, too: together they show all that has a colour.
    """

    name: str
    address: str
    shows: str
    do: Do = lambda _: None
    dark: bool = False


# Where nobody has measured anything.
EMPTY = (
    State("Lab, at first", "/", "Which way to run it is faster, here?", dark=True),
    State("History, empty", "/history", "No runs yet"),
    State("Compare, empty", "/compare", "Choose two runs of the same work"),
    State("Choose, at first", "/choose", "Question 1", dark=True),
    State("Tour, at first", "/tour", "Step 1 of 5"),
    State("Pitfalls, at first", "/pitfalls", "Not shown here yet"),
    State("Patterns, at first", "/patterns", "Not shown here yet"),
    State("Machine, not checked", "/machine", "has not been checked yet"),
    State("Result of nothing", "/result", "This page shows one run"),
    State("Result, the example", "/result?run=example", "What it was measured on"),
    State("Result not found", "/result?run=aaaaaaaaaaaa", "There is no such run"),
    State("Profile not found", "/?profile=aaaaaaaaaaaa", "There is no such profile"),
    State("Compare not found", "/compare?a=aaaaaaaaaaaa", "There is no such run as A"),
    State("Choose, a wrong link", "/choose?does=rests&set=none", "There is no such set of runs"),
    State("Tour, a wrong link", "/tour?step=none", "There is no such step"),
    State("Pitfalls, a wrong link", "/pitfalls?show=none&set=none", "There is no such set"),
    State("Lab, a wrong link", "/?form=1&work=none", "The link is not followed"),
)


@dataclass(frozen=True)
class Made:
    """The ids of what was made up."""

    done: str
    other: str
    images: str
    failed: str
    running: str
    waiting: str
    sweep: str
    profile: str
    race: str
    broken: str
    pattern: str


def make(store: Store) -> Made:
    """Fill a store so that each state can be seen. What waits needs the host's lock to be held."""
    here = environment()
    usable = cpus().usable
    for step in STEPS:
        if not step.without_gil:
            run = measured(step_plan(step, usable), {"threads × 8": 0.2})
            keep_run(store, replace(run, environment=here))
    for name, seconds in (
        ("images", {"threads × 2": 0.5}),
        ("pure-python", {"processes × 2": 0.5}),
    ):
        run = measured(plan_of(ROWS[name], usable=usable), seconds)
        keep_run(store, replace(run, environment=here))
    keep_run(store, a_check(workers=usable, environment=here))
    profile = store.profiles.add(WANTED, "running")
    store.profiles.tell(profile, a_profile(), "")
    store.profiles.end(profile, "done")
    done = keep_run(store, traced(costing(a_run())))
    store.history.describe(done, "Before", "A note.", ["mine"], OPERATOR)
    return Made(
        done=done,
        other=keep_run(store, a_run(seed=2)),
        images=keep_run(store, a_run(workload="images", seed=3)),
        failed=keep_run(store, a_run(failed=["threads × 2"]), "failed", "It broke."),
        running=keep_run(store, a_run(seed=4), "running"),
        waiting=store.queue.submit(a_plan(), Who("somebody")),
        sweep=keep_run(store, a_sweep()),
        profile=profile,
        race=keep_race(store),
        broken=keep_race(store, "failed"),
        pattern=keep_shown(store, "producer-consumer", items=5, bound=2),
    )


def filled(made: Made) -> list[State]:
    """The states that what was made up brings pages to."""
    form = urlencode(query_of_plan(a_plan("images", workers=[1, 2])) or {}, doseq=True)
    return [
        State(
            "Lab, filled in",
            f"/?{form}",
            "The same on the command line",
            _open("The same on", "The same as"),
        ),
        State("Lab, refused", "/", "Pick some work", _thrice),
        State("Lab, running", f"/?run={made.running}", "trials"),
        State("Lab, a profile", f"/?profile={made.profile}", "By the model"),
        *_results(made),
        State("Compare", f"/compare?a={made.done}&b={made.other}", "Swap A and B", dark=True),
        State(
            "Compare, refused",
            f"/compare?a={made.done}&b={made.images}",
            "a ratio of different work",
        ),
        State("History", "/history", "newest first", _open("Import runs from files"), dark=True),
        State("History, nothing fits", "/history?q=nothing", "No run fits"),
        State(
            "Choose, answered", f"/choose?{PURE}", "Number crunching in pure Python: ", dark=True
        ),
        State("Choose, measured", "/choose?does=computes&state=no&code=images", "Not here: "),
        *(
            State(
                f"Tour, {step.name}",
                f"/tour?step={step.name}",
                f"Step {place} of 5",
                dark=place == 1,
            )
            for place, step in enumerate(STEPS, 1)
        ),
        State(
            "Pitfall, shown",
            f"/pitfalls?show=race&shown={made.race}",
            "What was observed",
            dark=True,
        ),
        State("Pitfall, failed", f"/pitfalls?show=race&shown={made.broken}", "broke"),
        State("Pitfalls, a set", f"/pitfalls?set={made.race}", "Show all"),
        State(
            "Pattern, shown",
            f"/patterns?show=producer-consumer&shown={made.pattern}",
            "What was observed",
        ),
        State("Machine, checked", "/machine", "All of its figures", dark=True),
    ]


def _results(made: Made) -> list[State]:
    shown = f"/result?run={made.done}"
    return [
        State("Result", shown, "What it was measured on", _open("A chart in", "This page"), True),
        *(
            State(f"Result, {tab}", shown, tab, _tab(tab))
            for tab in ("Cost", "Efficiency", "Timeline", "Round by round")
        ),
        State("Result, failed", f"/result?run={made.failed}", "It broke.", dark=True),
        State("Result, waiting", f"/result?run={made.waiting}", "Waiting for"),
        State("Result, running", f"/result?run={made.running}", "Round ", dark=True),
        State("Result, a sweep", f"/result?run={made.sweep}", "What it was measured on"),
    ]


def _open(*labels: str) -> Do:
    def do(page: Page) -> None:
        for label in labels:
            page.locator("summary").filter(has_text=label).first.click()

    return do


def _tab(name: str) -> Do:
    return lambda page: page.get_by_role("tab", name=name).click()


def _thrice(page: Page) -> None:
    """Start more than one may have waiting, which is two."""
    for _ in range(2):
        before = page.url
        page.locator(".st-key-run button").click()
        page.wait_for_function("before => location.href !== before", arg=before)
    page.locator(".st-key-run button").click()
    expect(page.get_by_text("your queue is")).to_be_visible()
