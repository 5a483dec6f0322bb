"""Finds the browser of the tests: the machine's own Chromium, else the one carried by an npm package."""

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
PACKED = ROOT / "node_modules" / "@sparticuz" / "chromium" / "bin"
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


def launch_options() -> dict[str, Any]:
    """Arguments for `playwright.chromium.launch`. Raises NoChromium."""
    # As root Chromium refuses its sandbox; the only pages it opens are ours.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 or os.environ.get("CI") else []
    named = os.environ.get("CHROMIUM")
    found = named or next((path for path in map(shutil.which, NAMES) if path), None)
    if found:
        return {"executable_path": found, "args": ARGUMENTS + sandbox}
    if PACKED.is_dir() and platform.system() == "Linux" and platform.machine() == "x86_64":
        return _carried()
    raise NoChromium(HOW_TO_GET_ONE)


def _carried() -> dict[str, Any]:
    """The Chromium of @sparticuz/chromium, unpacked once: the program, its libraries, its fonts."""
    UNPACKED.mkdir(parents=True, exist_ok=True)
    program = UNPACKED / "chromium"
    if not (UNPACKED / "complete").exists():
        for archive in PACKED.glob("*.tar.br"):
            with tarfile.open(fileobj=io.BytesIO(brotli.decompress(archive.read_bytes()))) as tar:
                tar.extractall(UNPACKED / archive.name.split(".")[0], filter="data")
        # Written aside, then renamed: another worker of the same run may be looking for it.
        aside = UNPACKED / f"chromium.{os.getpid()}"
        aside.write_bytes(brotli.decompress((PACKED / "chromium.br").read_bytes()))
        aside.chmod(0o700)
        aside.rename(program)
        (UNPACKED / "complete").touch()
    libraries = [str(folder) for folder in UNPACKED.rglob("lib") if folder.is_dir()]
    paths = [*libraries, os.environ.get("LD_LIBRARY_PATH", "")]
    environment = os.environ | {"LD_LIBRARY_PATH": ":".join(filter(None, paths))}
    # Built without the sandbox's helper program: --no-sandbox always.
    return {"executable_path": str(program), "args": [*ARGUMENTS, "--no-sandbox"], "env": environment}


if __name__ == "__main__":
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        options = launch_options()
        browser = playwright.chromium.launch(**options)
        print(f"{options['executable_path']}: Chromium {browser.version}")  # noqa: T201  what it is asked for
        browser.close()
