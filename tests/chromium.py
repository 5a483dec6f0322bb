"""Finds the browser of the tests: the machine's own Chromium, else the one carried by an npm package."""

import fcntl
import io
import os
import platform
import shutil
import tarfile
from pathlib import Path
from typing import Any

import brotli

SKIPPED = "no browser"
HOW_TO_GET_ONE = "Install one (Debian: apt install chromium), or set CHROMIUM=/path/to/chromium."
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ROOT = Path(__file__).resolve().parent.parent
CARRIED = ROOT / "tests" / "carried-chromium"
PACKED = CARRIED / "node_modules" / "@sparticuz" / "chromium" / "bin"
UNPACKED = ROOT / ".data" / "chromium"

# Nothing but the live server is asked anything: Chromium's own errands stay at home.
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",  # containers have a tiny /dev/shm
]


class NoChromium(Exception):
    """No Chromium that could be started was found."""


def installed() -> str | None:
    """The path of the machine's own Chromium: the one named by CHROMIUM, else the first of the usual names."""
    return os.environ.get("CHROMIUM") or next((path for path in map(shutil.which, NAMES) if path), None)


def can_carry() -> bool:
    """Whether the package's Chromium, built for Linux on x86-64, may run here."""
    return platform.system() == "Linux" and platform.machine() == "x86_64"


def launch_options() -> dict[str, Any]:
    """Arguments for `playwright.chromium.launch`. Raises NoChromium."""
    # As root Chromium refuses its sandbox; the only pages it opens are ours.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 or os.environ.get("CI") else []
    if found := installed():
        return {"executable_path": found, "args": ARGUMENTS + sandbox}
    if PACKED.is_dir() and can_carry():
        return _carried()
    raise NoChromium(HOW_TO_GET_ONE)


def _carried() -> dict[str, Any]:
    """The Chromium of @sparticuz/chromium: the program, its libraries, its fonts."""
    UNPACKED.mkdir(parents=True, exist_ok=True)
    # The workers of one run come here together: the first unpacks, the others wait.
    with (UNPACKED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (UNPACKED / "complete").exists():
            _unpack()
    libraries = [str(UNPACKED / "al2023" / "lib"), os.environ.get("LD_LIBRARY_PATH", "")]
    environment = os.environ | {"LD_LIBRARY_PATH": ":".join(filter(None, libraries))}
    if not Path("/etc/fonts").exists():
        environment["FONTCONFIG_PATH"] = str(UNPACKED / "fonts")
    # Built without the sandbox's helper program: --no-sandbox always.
    return {
        "executable_path": str(UNPACKED / "chromium"),
        "args": [*ARGUMENTS, "--no-sandbox"],
        "env": environment,
    }


def _unpack() -> None:
    for archive in PACKED.glob("*.tar.br"):
        with tarfile.open(fileobj=io.BytesIO(brotli.decompress(archive.read_bytes()))) as tar:
            tar.extractall(UNPACKED / archive.name.split(".")[0], filter="data")
    program = UNPACKED / "chromium"
    program.write_bytes(brotli.decompress((PACKED / "chromium.br").read_bytes()))
    program.chmod(0o700)
    (UNPACKED / "complete").touch()


if __name__ == "__main__":
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        options = launch_options()
        browser = playwright.chromium.launch(**options)
        print(f"{options['executable_path']}: Chromium {browser.version}")  # noqa: T201  what it is asked for
        browser.close()
