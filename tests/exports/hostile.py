"""Runs that hold what somebody might try: markup, formulas, scripts, links."""

from dataclasses import replace

from bench.samples import Failure, Run
from tests.factory import a_run, costing, traced

SCRIPT = "</script><script>alert(1)</script>"
IMAGE = "<img src=x onerror=alert(1)>"
LINK = "[x](http://example.org) @somebody #1 | www.example.org `b` **c**"
FORMULA = '=HYPERLINK("http://example.org")'
TURNED = "\u202etxt.exe\u2066\nnext line"

TEXTS = (SCRIPT, IMAGE, LINK, FORMULA, TURNED)


def a_hostile_run() -> Run:
    """A run whose names, answers, errors and environment are all of these texts."""
    all_texts = " ".join(TEXTS)
    times = {f"processes × 2 ({SCRIPT})": (1.7, 0.1), "threads × 2": (3.0, 0.1)}
    run = traced(costing(a_run(times)))
    interpreters = {name: {"label": all_texts} for name in run.plan.interpreters}
    return replace(
        run,
        plan=replace(run.plan, workload=all_texts),
        state="failed",
        error=all_texts,
        environment={**run.environment, "interpreters": interpreters},
        samples=tuple(replace(sample, answer=FORMULA) for sample in run.samples),
        failures=(Failure("threads × 2", 2, "raised", f"{FORMULA} {all_texts}", all_texts),),
    )
