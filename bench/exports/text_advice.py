"""Advice as text for a terminal."""

from bench.analysis.results import results
from bench.analysis.words import digits
from bench.exports.text_table import results_table, table
from bench.guides.advising import Advised


def advice_report(found: Advised) -> str:
    """Advice for a terminal: recommendation, whether it held, reasons, what the model expects."""
    advice = found.advice
    assert advice
    lines = [advice.sentence, advice.next_to_it]
    if found.check:
        lines.append(found.check.sentence)
    lines += ["", *(reason.message for reason in advice.reasons)]
    rows = [
        [way.name, digits(way.gain, 2), ", ".join(f"{a} {b}" for a, b in way.options.items())]
        for way in advice.ways
    ]
    rows += [[one.executor, "", one.why] for one in advice.barred]
    lines += ["", table(("by the model", "times as fast", "with"), rows)]
    if found.run:
        lines += ["", results_table(results(found.run))]
        if found.run.id != "unsaved":
            lines += ["", f"Kept as {found.run.id}: python -m bench show {found.run.id}"]
    return "\n".join(lines)
