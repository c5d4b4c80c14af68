"""A run as one HTML file: its answer, live charts, tables, and what it was measured on."""

import json

from bench.analysis.figures import figures
from bench.analysis.insights import scaling_of, whys_of
from bench.analysis.results import results
from bench.analysis.surroundings import surroundings
from bench.analysis.swept import headline_of, sentences_of
from bench.analysis.warnings import warnings
from bench.analysis.words import about, moment
from bench.charts.gallery import drawable
from bench.exports.command import command_line
from bench.exports.html_page import Page
from bench.exports.look import Look
from bench.exports.pictures import chart_of
from bench.samples import Run


def run_html(run: Run, look: Look) -> str:
    """The whole file."""
    found = results(run)
    page = Page(headline_of(run, found, look.mode), look.palette)
    page.paragraph(f"{about(run)} · {run.state} · {moment(run.created)}", "quiet")
    if run.error:
        page.paragraph(run.error, "note")
    for caution in warnings(run):
        page.paragraph(f"{caution.code}: {caution.message} {caution.action}", "note")
    kinds = drawable(run)
    for name, kind in kinds.items():
        if kind.place != "below":
            page.chart(name, chart_of(run, name, look, None).to_dict())
    page.table(figures(found, look.mode))
    page.listing(sentences_of(run, found, look.mode))
    if reasons := [reason.message for why in whys_of(run, found) for reason in why.reasons]:
        page.heading("Why")
        page.listing(reasons)
    for name, kind in kinds.items():
        if kind.place == "below":
            page.heading(kind.title)
            page.chart(name, chart_of(run, name, look, None).to_dict())
        if name == "efficiency":
            _models(page, run, look)
    page.heading("What it was measured on")
    page.facts(surroundings(run.environment))
    page.heading("The plan")
    if command := command_line(run.plan):
        page.code(command)
    page.code(json.dumps(run.plan.as_json(), indent=2, ensure_ascii=False))
    for failure in run.failures:
        page.heading(f"What {failure.contender} printed before it failed")
        page.code(failure.output or "Nothing.")
    page.footer(f"Speedup Lab, run {run.id}")
    return page.whole()


def _models(page: Page, run: Run, look: Look) -> None:
    """What may be read from how each executor grows with its workers, and why not the rest."""
    for scaling in scaling_of(run, results(run), look.mode):
        page.paragraph(scaling.name)
        page.listing(scaling.sentences)
