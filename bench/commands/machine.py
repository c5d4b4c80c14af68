"""What the lab runs on, what would make measurements better, and the one-minute check."""

import json
import time
from collections.abc import Iterator
from typing import Any

import click

from bench.analysis.doctor import SEVERITIES, Finding, doctor
from bench.analysis.facts import able, barred, build_of, facts_of, summary
from bench.analysis.minute import judged
from bench.analysis.words import lasted
from bench.commands.check import UNSTEADY
from bench.commands.known import json_option
from bench.commands.measuring import code_of, measured
from bench.exports.text_table import table
from bench.guides.minute import last_minute, minute_plan
from bench.machine import Machine
from bench.measure.host.environment import environment
from bench.measure.host.known import known_interpreters
from bench.measure.host.machine import machine as found_machine
from bench.samples import Run
from bench.settings import settings
from bench.store import Store


@click.command()
@json_option
@click.option("--check", "checks", is_flag=True, help="Measure for a minute what it can show.")
def machine(as_json: bool, checks: bool) -> int:
    """Tell what the lab runs on, and what would make measurements better."""
    here = settings()
    stamp = environment()
    with Store(here) as store:
        # What is told is the machine as it was before the check made it busy.
        found = found_machine(here)
        minute: Run | None
        if checks:
            plan = minute_plan(stamp["cpus"]["usable"])
            minute = measured(plan, here, store, known_interpreters)
        else:
            minute = last_minute(store, stamp)
    ended = minute if minute and not minute.active else None
    plain = _plain(found, stamp["fingerprint"], ended)
    click.echo(json.dumps(plain, indent=2) if as_json else "\n".join(_words(found, ended)))
    return _code(ended) if checks and ended else 0


def _code(ended: Run) -> int:
    return code_of(ended) or (0 if judged(ended).steadiness.steady else UNSTEADY)


def _plain(found: Machine, fingerprint: str, minute: Run | None) -> dict[str, Any]:
    return {
        **found.as_json(),
        "fingerprint": fingerprint,
        "findings": [finding.as_json() for finding in doctor(found)],
        "check": minute and {"run": minute.id, "ended": minute.ended, **judged(minute).as_json()},
    }


def _words(found: Machine, minute: Run | None) -> Iterator[str]:
    yield summary(found)
    for facts in facts_of(found):
        width = max(len(name) for name, _ in facts.lines)
        yield f"\n{facts.title}"
        yield from (f"  {name.ljust(width)}  {value}" for name, value in facts.lines)
    yield "\nPythons"
    yield from _pythons(found)
    findings = doctor(found)
    yield from _findings(findings)
    if not findings:
        yield "\nThe doctor finds nothing to better."
    yield from _minute(minute)


def _pythons(found: Machine) -> Iterator[str]:
    head = ("name", "what", "build", "executors", "workloads", "path")
    rows = [
        [
            python.name,
            python.label if python.version else "",
            build_of(python),
            able(python.executors),
            able(python.workloads),
            python.path,
        ]
        for python in found.pythons
    ]
    yield from (f"  {line}" for line in table(head, rows).splitlines())
    for python in found.pythons:
        yield from (f"  {python.name} cannot run {names}. {why}" for names, why in barred(python))


def _findings(findings: tuple[Finding, ...]) -> Iterator[str]:
    for severity, meaning in SEVERITIES.items():
        mine = [finding for finding in findings if finding.severity == severity]
        if mine:
            yield f"\n{severity.capitalize()} ({meaning})"
        for finding in mine:
            yield f"  {finding.code}: {finding.message} {finding.action}"


def _minute(minute: Run | None) -> Iterator[str]:
    if minute is None:
        yield "\nNo one-minute check yet: python -m bench machine --check"
        return
    judgement = judged(minute)
    age = lasted(time.time() - (minute.ended or minute.created))
    yield f"\nOne-minute check, {age} ago: {judgement.headline}."
    yield from (f"  {sentence}" for sentence in judgement.sentences)
    for reason in judgement.steadiness.reasons:
        yield f"  {reason.code}: {reason.message} {reason.action}"
    yield f"  python -m bench show {minute.id}"
