"""Find the Chromium that the browser tests drive, or install one.

find()    what $CHROMIUM names, else the system's own, else Playwright's own
ensure()  the same, and where there is none: apt-get install, else playwright install
"""

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress

log = logging.getLogger(__name__)

SYSTEMS_OWN = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# Asked in a process of its own: a test may have Playwright open, which cannot be opened twice.
PLAYWRIGHTS_OWN = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


class NoChromium(Exception):
    """No Chromium that starts; the message says what to do about it."""


def find() -> str:
    """Return the path of a Chromium that starts."""
    chosen = os.environ.get("CHROMIUM")
    for name in [chosen] if chosen else _candidates():
        path = shutil.which(name)
        if path and _starts(path):
            return path
    if chosen:
        raise NoChromium(f"CHROMIUM names {chosen}, which is no program that starts.")
    raise NoChromium(
        "The browser tests need a Chromium: install one (Debian: apt-get install chromium; "
        "macOS: brew install --cask chromium), or name one in CHROMIUM."
    )


def ensure() -> str:
    """Return the path of a Chromium that starts, and install one first if there is none."""
    if not os.environ.get("CHROMIUM"):
        for install in (_install_with_apt, _install_with_playwright):
            with suppress(NoChromium):
                return find()
            install()
    return find()


def _candidates() -> Iterator[str]:
    yield from SYSTEMS_OWN
    asked = subprocess.run(
        [sys.executable, "-c", PLAYWRIGHTS_OWN], stdout=subprocess.PIPE, text=True, check=True
    )
    yield asked.stdout.strip()


def _starts(path: str) -> bool:
    # Being there is not enough: Ubuntu's chromium-browser may be a stub that asks for a snap.
    try:
        return subprocess.run([path, "--version"], capture_output=True).returncode == 0
    except OSError:
        return False


def _install_with_apt() -> None:
    if not shutil.which("apt-get"):
        return
    if os.geteuid() == 0:
        apt = ["env"]
    elif shutil.which("sudo") and _run(["sudo", "-n", "true"]):
        apt = ["sudo", "-n", "env"]
    else:
        return
    # Another apt-get may hold the lock: wait for it rather than fail.
    apt += ["DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    log.warning("Installing Chromium with apt-get")
    # A fresh machine has no package lists; where the update fails, older ones may still do.
    _run([*apt, "update"])
    _run([*apt, "install", "-y", "--no-install-recommends", "chromium", "fonts-liberation"])


def _install_with_playwright() -> None:
    log.warning("Installing Playwright's Chromium")
    _run([sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"])


def _run(command: list[str]) -> bool:
    # What it says goes to stderr: stdout is for the path alone.
    return subprocess.run(command, stdout=sys.stderr).returncode == 0


if __name__ == "__main__":
    logging.basicConfig(format="%(message)s")
    try:
        sys.stdout.write(f"{ensure()}\n")
    except NoChromium as reason:
        sys.exit(str(reason))
