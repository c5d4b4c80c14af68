"""Who may do what: all that starts, stops, changes or removes something asks here.

open    everybody may
view    nobody may from the web
login   those may whose address, or its domain, BENCH_ALLOW lists; others who are logged in look on

What was started is stopped, changed and removed by who started it. The operator may do all of it,
on the command line.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from bench.errors import Denied
from bench.settings import Settings

VIEW = "This lab is to look at: only its operator starts and changes things, on the command line."
LOGIN = "Only who is logged in with an address that the lab's operator lists may do that."
NOT_LISTED = "{} is not on the operator's list of those who may start and change things here."
NOT_YOURS = (
    "Only who started this, {}, and the lab's operator on the command line may stop or change it."
)


@dataclass(frozen=True)
class Who:
    """The one who asks: a browser session, or the operator at the command line.

    `login` is the address that the session is logged in with, `client` the network address that it
    comes from; each is empty if it is not known.
    """

    session: str = ""
    login: str = ""
    client: str = ""
    operator: bool = False

    @property
    def owner(self) -> str:
        """What is kept with what they start; empty for nobody in particular."""
        return self.login or self.session

    @property
    def person(self) -> str:
        """Who their starts are counted for: a new session does not make a new person."""
        return self.login or self.client or self.session


OPERATOR = Who(operator=True)
NOBODY = Who()


class Access:
    """The rules that the settings give."""

    def __init__(self, settings: Settings) -> None:
        self._mode, self._allow = settings.access, settings.allow

    def why_not(self, who: Who, owner: str | None = None) -> str:
        """Why they may not start things, or not change what that owner started; empty if they may.

        The owner is empty for what nobody in particular started.
        """
        if who.operator:
            return ""
        if self._mode == "view":
            return VIEW
        if self._mode == "login" and not self._listed(who.login):
            return NOT_LISTED.format(who.login) if who.login else LOGIN
        if owner is None or (owner and owner == who.owner):
            return ""
        place = "logged in with the same address" if who.login else "in the same browser session"
        return NOT_YOURS.format(place)

    def check(self, who: Who, owner: str | None = None) -> None:
        """Raises Denied if they may not."""
        if reason := self.why_not(who, owner):
            raise Denied(reason)

    def _listed(self, login: str) -> bool:
        names = {login, login.rpartition("@")[2], "*"}
        return bool(login) and not names.isdisjoint(self._allow)


def login_of(claims: Mapping[str, object]) -> str:
    """The address that a login vouches for, in lower case; empty if it vouches for none.

    Beyond ASCII, letters that look alike are not the same: such an address is none.
    """
    email = claims.get("email")
    if not claims.get("is_logged_in") or not isinstance(email, str) or not email.isascii():
        return ""
    # Not every provider tells this; one that does may have let people type what they like.
    vouched = claims.get("email_verified", True) in (True, "true")
    name, _, domain = email.rpartition("@")
    return email.lower() if vouched and name and domain else ""


def client_of(address: str | None) -> str:
    """The network address that a client is counted by; empty if it is none.

    Of IPv6 it is the network that one client has for itself: all of its addresses are one.
    """
    try:
        found = ip_address(address or "")
    except ValueError:
        return ""
    if isinstance(found, IPv6Address) and not found.ipv4_mapped:
        return str(ip_network((found, 64), strict=False))
    return str(found)
