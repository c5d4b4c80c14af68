"""Where own work comes from. Trials, which start for every sample, are told and need none of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Source:
    """Where work of the operator's own is defined, and how its trials come by it.

    `label` is what people call it, `file` its path and `line` where its definition begins (0: not
    known). Trials have `folders` on their PYTHONPATH, and are told `names` to find it by. `files`
    are all that are its own.
    """

    label: str
    file: str
    line: int = 0
    folders: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    files: tuple[str, ...] = ()
