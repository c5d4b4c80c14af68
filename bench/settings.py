"""What an operator may set, by environment variables that begin with BENCH_.

`python -m bench settings` lists them. An unknown or malformed one is refused in one sentence, so
that a typing mistake does not pass for a default.
"""

import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from platformdirs import user_data_path

from bench.errors import Refused
from bench.forms import Between, Bound, Field, OneOf, choice_of
from bench.measure.host.cgroups import memory_limits
from bench.measure.host.told import ROOT

PREFIX = "BENCH_"

Mode = Literal["open", "view", "login"]

# Python itself, and a few workers, take so many bytes.
LEAST_BYTES = 2**28


def three_quarters() -> int:
    """Bytes: of the machine's memory, or of the container's limit on it."""
    there = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return min([there, *(limit for _, limit in memory_limits(ROOT))]) * 3 // 4


@dataclass(frozen=True)
class Setting:
    """One variable: its name, what it is for, and its default as text."""

    name: str
    help: str
    default: str
    bound: Bound | None = None


SETTINGS = (
    Setting("BENCH_DATA", "Folder of the database.", str(user_data_path("speedup-lab"))),
    Setting(
        "BENCH_LOCK",
        "File whose lock keeps two measurements on this host apart.",
        str(Path(tempfile.gettempdir()) / "speedup-lab.lock"),
    ),
    Setting("BENCH_TRIAL_SECONDS", "Longest trial.", "300", Between(1.0, 86_400.0, "s")),
    Setting(
        "BENCH_TRIAL_BYTES",
        "Most memory that a trial's processes may hold together, where the system tells (Linux).",
        str(max(LEAST_BYTES, three_quarters())),
        Between(LEAST_BYTES, 2**50, "bytes"),
    ),
    Setting("BENCH_RUN_SECONDS", "Longest run.", "3600", Between(1.0, 86_400.0, "s")),
    Setting("BENCH_NICE", "How far the app lowers its own priority.", "10", Between(0, 19)),
    Setting(
        "BENCH_APART",
        "On so many CPUs or more, the app keeps to one that nothing is measured on.",
        "4",
        Between(2, 100_000),
    ),
    Setting("BENCH_KEEP_DAYS", "Days that a run is kept.", "365", Between(1, 36_500)),
    Setting("BENCH_KEEP_RUNS", "Runs that are kept; the newest.", "10000", Between(1, 10_000_000)),
    Setting("BENCH_QUEUE", "Runs that may wait.", "20", Between(1, 1_000)),
    Setting(
        "BENCH_QUEUE_EACH", "Runs that may wait for one browser session.", "2", Between(1, 1_000)
    ),
    Setting("BENCH_STARTS_MINUTE", "Starts of one person in a minute.", "10", Between(1, 10_000)),
    Setting("BENCH_STARTS_HOUR", "Starts of one person in an hour.", "100", Between(1, 100_000)),
    Setting(
        "BENCH_ACCESS",
        "Who may start things on the pages: open is everybody, view nobody, and login those who "
        "are logged in and listed in BENCH_ALLOW; others may look, with login once logged in.",
        "open",
        OneOf("open", "view", "login"),
    ),
    Setting(
        "BENCH_ALLOW",
        "With BENCH_ACCESS=login: addresses or domains that may start things, with commas between "
        "them; * is everybody who can log in.",
        "",
    ),
    Setting(
        "BENCH_SHARE",
        "Who is given exports by address and previews of links: pages is who may see the pages "
        "without logging in, public is everybody.",
        "pages",
        OneOf("pages", "public"),
    ),
    Setting(
        "BENCH_EMBED",
        "Origins whose pages may show the lab within them, such as https://wiki.example.org, with "
        "commas between them; * is all.",
        "",
    ),
    Setting(
        "BENCH_IMPORT_BYTES",
        "Largest file of runs that is imported.",
        "8000000",
        Between(1_000, 64_000_000),
    ),
    Setting(
        "BENCH_IMPORTS_EACH",
        "Imported runs that one browser session may have.",
        "50",
        Between(1, 10_000),
    ),
    Setting(
        "BENCH_PYTHONS",
        f"Paths of more Pythons to run trials on, with {os.pathsep} between them.",
        "",
    ),
    Setting(
        "BENCH_WORKLOADS",
        "Work of your own: Python files, or modules that Python finds, with commas between them.",
        "",
    ),
    Setting(
        "BENCH_DASK",
        "Address of a running Dask scheduler for the dask executor. Without it, each trial starts "
        "a cluster of its own on this machine.",
        "",
    ),
)

# A name or an IPv4 address, or an IPv6 address in brackets; then a port.
_SCHEDULER = re.compile(
    r"tcp://([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]):([0-9]{1,5})"
)


# An address, or its domain.
_ALLOWED = re.compile(r"\*|([a-z0-9._%+-]+@)?[a-z0-9-]+(\.[a-z0-9-]+)*")

# A scheme, a host and perhaps a port, as a browser tells where a page comes from.
_ORIGIN = re.compile(r"\*|https?://([a-z0-9.-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?")


@dataclass(frozen=True)
class Settings:
    """The settings in force; times in seconds."""

    data: Path
    lock: Path
    trial_seconds: float
    trial_bytes: int
    run_seconds: float
    nice: int
    apart: int
    keep_days: int
    keep_runs: int
    queue: int
    queue_each: int
    import_bytes: int
    imports_each: int
    starts_minute: int
    starts_hour: int
    access: Mode
    allow: tuple[str, ...]
    share_publicly: bool
    embed: tuple[str, ...]
    pythons: tuple[str, ...]
    workloads: tuple[str, ...]
    dask: str

    @property
    def database(self) -> Path:
        return self.data / "lab.db"

    @property
    def turn(self) -> Path:
        """The file that tells whether something is timed now."""
        return self.data / "turn"


def settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings that an environment gives. Raises Refused for an unknown or malformed one."""
    known = [setting.name for setting in SETTINGS]
    for name in environment:
        if name.startswith(PREFIX) and name not in known:
            raise Refused("setting", name, choice_of(known))
    values = {setting.name: _value(setting, environment) for setting in SETTINGS}
    return Settings(
        data=Path(str(values["BENCH_DATA"])).expanduser().absolute(),
        lock=Path(str(values["BENCH_LOCK"])).expanduser().absolute(),
        trial_seconds=cast(float, values["BENCH_TRIAL_SECONDS"]),
        trial_bytes=cast(int, values["BENCH_TRIAL_BYTES"]),
        run_seconds=cast(float, values["BENCH_RUN_SECONDS"]),
        nice=cast(int, values["BENCH_NICE"]),
        apart=cast(int, values["BENCH_APART"]),
        keep_days=cast(int, values["BENCH_KEEP_DAYS"]),
        keep_runs=cast(int, values["BENCH_KEEP_RUNS"]),
        queue=cast(int, values["BENCH_QUEUE"]),
        queue_each=cast(int, values["BENCH_QUEUE_EACH"]),
        import_bytes=cast(int, values["BENCH_IMPORT_BYTES"]),
        imports_each=cast(int, values["BENCH_IMPORTS_EACH"]),
        starts_minute=cast(int, values["BENCH_STARTS_MINUTE"]),
        starts_hour=cast(int, values["BENCH_STARTS_HOUR"]),
        access=cast(Mode, values["BENCH_ACCESS"]),
        allow=_allowed(values),
        share_publicly=values["BENCH_SHARE"] == "public" or values["BENCH_ACCESS"] != "login",
        embed=_listed(
            values, "BENCH_EMBED", _ORIGIN, "origins such as https://wiki.example.org, or *"
        ),
        pythons=tuple(filter(None, str(values["BENCH_PYTHONS"]).split(os.pathsep))),
        workloads=tuple(filter(None, map(str.strip, str(values["BENCH_WORKLOADS"]).split(",")))),
        dask=scheduler_address(str(values["BENCH_DASK"]), "BENCH_DASK"),
    )


def _value(setting: Setting, environment: Mapping[str, str]) -> float | str | bool:
    text = environment.get(setting.name, setting.default)
    if setting.bound is None:
        if setting.default and not text:
            raise Refused(setting.name, text, "a path")
        return text
    if isinstance(setting.bound, OneOf):
        return Field(setting.name, (str,), setting.default, (setting.bound,)).read(text)
    kind = int if setting.bound.whole else float
    return Field(setting.name, (kind,), 0, (setting.bound,)).read(text)


def _allowed(values: Mapping[str, object]) -> tuple[str, ...]:
    """Who may start things, in lower case. Raises Refused if that does not go with the access."""
    found = _listed(values, "BENCH_ALLOW", _ALLOWED, "addresses or domains, or *")
    login = values["BENCH_ACCESS"] == "login"
    if login and not found:
        raise Refused(
            "BENCH_ALLOW", "", "addresses or domains that may start things, or *, with a login"
        )
    if found and not login:
        raise Refused("BENCH_ALLOW", ",".join(found), "left out unless BENCH_ACCESS is login")
    return found


def _listed(
    values: Mapping[str, object], name: str, pattern: re.Pattern[str], bound: str
) -> tuple[str, ...]:
    """What a setting lists, in lower case, each of that form. Raises Refused."""
    found = tuple(filter(None, map(str.strip, str(values[name]).lower().split(","))))
    for one in found:
        if not pattern.fullmatch(one):
            raise Refused(name, one, bound, "put commas between them")
    return found


def scheduler_address(text: str, name: str) -> str:
    """The address of a Dask scheduler, or nothing, as the setting or option of that name gives it.

    Raises Refused.
    """
    found = _SCHEDULER.fullmatch(text)
    if text and not (found and 1 <= int(found[3]) <= 65_535):
        raise Refused(name, text, "an address such as tcp://127.0.0.1:8786, or left out")
    return text
