"""A performed experiment as Markdown: the belief, what was observed, and on what."""

from collections.abc import Iterator

from bench.analysis.surroundings import surroundings
from bench.analysis.words import moment
from bench.demonstration import Demonstration
from bench.experiments import find_experiment
from bench.exports.escaping import fenced, markdown
from bench.exports.markdown_run import listed, table


def experiment_markdown(shown: Demonstration) -> str:
    """The demonstration for people who read it in a chat, a wiki or a pull request."""
    return "\n\n".join(_parts(shown)) + "\n"


def _parts(shown: Demonstration) -> Iterator[str]:
    experiment = find_experiment(shown.asked.experiment)
    yield f"### {markdown(experiment.title)}"
    yield f"People say: “{markdown(experiment.belief)}”"
    if shown.facts:
        judged = experiment.judge(shown.facts)
        picture = experiment.picture(shown.facts, shown.events)
        yield f"**On {markdown(shown.asked.interpreter)}: {judged.verdict}.** " + markdown(
            judged.explanation
        )
        yield f"{markdown(picture.title)}: {markdown(picture.sentence)}"
    else:
        yield f"This demonstration is {shown.state}. {markdown(shown.error)}".rstrip()
    if shown.asked.parameters:
        yield table([{name: str(value) for name, value in shown.asked.parameters.items()}])
    for listing in experiment.listings:
        yield f"{markdown(listing.title)}:\n\n{fenced(listing.source.rstrip(), 'python')}"
    if lines := surroundings(shown.environment):
        yield "**Observed on**\n\n" + listed([f"{name}: {value}" for name, value in lines])
    yield f"Speedup Lab, demonstration {markdown(shown.id)}, {moment(shown.created)}"
