"""A performed experiment as one HTML file: the belief, the code, the live picture, the verdict."""

import json

from bench.analysis.surroundings import surroundings
from bench.analysis.words import moment
from bench.demonstration import Demonstration
from bench.experiments import find_experiment
from bench.exports.html_page import Page
from bench.exports.look import Look
from bench.exports.pictures import PICTURE, chart_of


def experiment_html(shown: Demonstration, look: Look) -> str:
    """The whole file."""
    experiment = find_experiment(shown.asked.experiment)
    page = Page(experiment.title, look.palette)
    told = (f"on {shown.asked.interpreter}", shown.state, moment(shown.created))
    page.paragraph(" · ".join(told), "quiet")
    page.paragraph(f"People say: “{experiment.belief}”")
    page.paragraph(experiment.about)
    if shown.facts:
        judged = experiment.judge(shown.facts)
        page.paragraph(f"{judged.verdict}. {judged.explanation}", "note")
        page.chart(PICTURE, chart_of(shown, PICTURE, look, None).to_dict())
    else:
        page.paragraph(shown.error or "It ended without facts.", "note")
    page.heading("The code that runs")
    for listing in experiment.listings:
        page.paragraph(listing.title)
        page.code(listing.source)
    page.heading("What was observed")
    page.facts([(name, str(value)) for name, value in shown.asked.parameters.items()])
    page.code(json.dumps(dict(shown.facts or {}), indent=2))
    if shown.output:
        page.code(shown.output)
    page.heading("What it was observed on")
    page.facts(surroundings(shown.environment))
    page.footer(f"Speedup Lab, demonstration {shown.id}")
    return page.whole()
