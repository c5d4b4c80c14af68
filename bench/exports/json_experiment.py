"""A performed experiment as plain data."""

from typing import Any

from bench.demonstration import Demonstration
from bench.experiments import find_experiment


def experiment_json(shown: Demonstration) -> dict[str, Any]:
    """What was asked for, what happened, its facts, and the judgement that is computed of them."""
    judged = find_experiment(shown.asked.experiment).judge(shown.facts) if shown.facts else None
    return {
        "format": "speedup-lab-experiment/1",
        "id": shown.id,
        "name": shown.asked.experiment,
        "parameters": dict(shown.asked.parameters),
        "interpreter": shown.asked.interpreter,
        "state": shown.state,
        "created": shown.created,
        "started": shown.started,
        "ended": shown.ended,
        "environment": dict(shown.environment),
        "facts": dict(shown.facts) if shown.facts else None,
        "verdict": judged.verdict if judged else None,
        "explanation": judged.explanation if judged else None,
        "events": [dict(event) for event in shown.events],
        "error": shown.error or None,
        "output": shown.output,
    }
