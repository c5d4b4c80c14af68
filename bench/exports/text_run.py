"""A run as text for a terminal."""

from bench.analysis.insights import whys_of
from bench.analysis.results import results
from bench.analysis.swept import headline_of, sentences_of
from bench.analysis.warnings import warnings
from bench.analysis.words import room
from bench.exports.text_table import results_table
from bench.samples import Run


def report(run: Run) -> str:
    """A run for a terminal: headline, table, warnings."""
    found = results(run)
    parameters = ", ".join(f"{name} {value}" for name, value in run.plan.parameters.items())
    facts = (
        f"{run.plan.workload} ({parameters})" if parameters else run.plan.workload,
        run.pythons,
        room(run.environment),
        run.state,
        run.origin,
    )
    lines = [
        headline_of(run, found, "warm"),
        " · ".join(filter(None, facts)),
        "",
        *([*sentences_of(run, found, "warm"), ""] if run.plan.sweep else []),
        results_table(found),
    ]
    reasons = [reason.message for why in whys_of(run, found) for reason in why.reasons]
    if reasons:
        lines += ["", *reasons]
    if run.error:
        lines += ["", run.error]
    for warning in warnings(run):
        lines += ["", f"{warning.code}: {warning.message} {warning.action}"]
    return "\n".join(lines)
