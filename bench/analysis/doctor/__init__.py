"""What would make measurements on this machine better: findings computed from its facts.

- cpus.py: how many, what they share, what sets their clock
- system.py: who else is there, what lies beneath, where time comes from
- room.py: memory, disk, limits
- pythons.py: how interpreters were built, and what they can do

What the system does not tell is no finding but the one that says so.
"""

from bench.analysis.doctor import cpus, pythons, room, system
from bench.analysis.doctor.finding import SEVERITIES, Finding, Severity
from bench.machine import Machine

__all__ = ["SEVERITIES", "Finding", "Severity", "doctor"]


def doctor(machine: Machine) -> tuple[Finding, ...]:
    """All findings, those that hurt results first; none on a machine without fault."""
    checks = (*cpus.CHECKS, *room.CHECKS, *system.CHECKS, *pythons.CHECKS)
    found = [finding for check in checks for finding in check(machine)]
    return tuple(sorted(found, key=lambda finding: list(SEVERITIES).index(finding.severity)))
