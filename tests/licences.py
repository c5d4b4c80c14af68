"""docs/licences.md: what the lab stands on and ships, under which licence, and what for.

Packages and versions are the pins, reasons those of pyproject.toml, licences what the installed
packages tell: `make licences` writes it again where pins have changed.
"""

import re
from importlib.metadata import metadata
from typing import NamedTuple

from bench.measure.processes.running import ROOT

PAGE = ROOT / "docs" / "licences.md"

# What runs the lab; what only tests or measures it is not given away with it.
PINS = ("requirements.txt", "requirements-dask.txt", "requirements-auth.txt")

PIN = re.compile(r"^([\w.-]+)==(\S+).*?# via (.+)$", re.MULTILINE)
DIRECT = re.compile(r'^    "([\w.-]+)[><=~!][^"]*", *# (.+)$', re.MULTILINE)
# The lists of pyproject.toml that those pins are of.
LISTS = re.compile(r"^(?:dependencies|dask|auth) = \[.*?^\]", re.MULTILINE | re.DOTALL)
# What ends in one of these came from pyproject.toml, or is told in another file.
NO_PACKAGE = re.compile(r"^(speedup-lab|-c) ")

HEAD = """# Licences

Speedup Lab is under the [MIT licence](../LICENSE). `make licences` writes this page from the pins
and from what the installed packages say of themselves. Whoever gives the lab away together with its
packages, as in an image of a container, gives these away, too.

| package | version | licence | what for |
|---|---|---|---|
"""

SHIPPED = """
## Shipped in the repository, or written into what is exported

| what | where | licence |
|---|---|---|
| Inter | `pages/static/`, `bench/charts/inter/`, pictures, reports | SIL Open Font License 1.1 |
| JetBrains Mono | `pages/static/` | SIL Open Font License 1.1 |
| Vega, Vega-Lite, vega-embed | the script of reports that open offline | BSD-3-Clause |
"""


class Pin(NamedTuple):
    """A package at a version, and those that need it."""

    name: str
    version: str
    via: str


def pins() -> list[Pin]:
    """Every pinned package, by name; at two versions where Pythons differ in it."""
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in PINS]
    found = [Pin(*one) for text in texts for one in PIN.findall(text)]
    return sorted({one[:2]: one for one in reversed(found)}.values())


def reasons() -> dict[str, str]:
    """What each package that pyproject.toml asks for is there for: the comment behind it."""
    lists = LISTS.findall((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {name: why for text in lists for name, why in DIRECT.findall(text)}


def licence_of(name: str) -> str:
    """What an installed package says: an expression, a short text, or the class it is in."""
    told = metadata(name).json
    text = str(told.get("license", ""))
    classes = [
        one.rpartition(" :: ")[2] for one in told.get("classifier", []) if one.startswith("License")
    ]
    short = text if "\n" not in text and len(text) < 40 else ""
    return str(told.get("license_expression") or short or ", ".join(classes))


def page() -> str:
    """The page as it should stand; every pinned package has to be installed."""
    why = reasons()
    rows = [
        (pin.name, pin.version, licence_of(pin.name), why.get(pin.name) or _for(pin))
        for pin in pins()
    ]
    return HEAD + "".join(f"| {' | '.join(row)} |\n" for row in rows) + SHIPPED


def _for(pin: Pin) -> str:
    needing = [one for one in pin.via.split(", ") if not NO_PACKAGE.match(one)]
    return f"for {', '.join(needing)}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
