"""What the doctor says of one thing."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Literal

from bench.machine import Machine

Severity = Literal["hurts", "worth knowing"]

# What severities mean, the worse one first.
SEVERITIES: Mapping[Severity, str] = {
    "hurts": "makes results wrong, noisy or small",
    "worth knowing": "explains results, and does them no harm that the lab would not tell",
}


@dataclass(frozen=True)
class Finding:
    """A finding with a stable code, one sentence with its value, and what a person can do."""

    code: str
    severity: Severity
    message: str
    action: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)


Check = Callable[[Machine], Iterator[Finding]]
