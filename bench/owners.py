"""Who may change what is kept of a run: the one who started it, and the lab's operator."""

from dataclasses import dataclass

from bench.errors import Refused


@dataclass(frozen=True)
class Who:
    """The one who asks: a browser session, or the operator at the command line."""

    session: str = ""
    operator: bool = False


OPERATOR = Who(operator=True)


def may_change(who: Who, owner: str) -> bool:
    """Whether they may change a run of that owner: the session that started it, empty if none."""
    return who.operator or bool(owner and who.session == owner)


def check_may_change(who: Who, owner: str, id_: str) -> None:
    """Raises Refused if they may not."""
    if not may_change(who, owner):
        raise Refused(
            "run",
            id_,
            "one that you started in this browser session",
            "the lab's operator can change it on the command line",
        )
