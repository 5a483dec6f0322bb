"""How the scripts speak to a terminal, and stop."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / ".data"


def say(text: str) -> None:
    """One line, at once: the reader waits for it."""
    print(f"▸ {text}", flush=True)


def stop(text: str) -> NoReturn:
    """Ends the script with a sentence that says what to do."""
    sys.exit(f"✗ {text}")


@contextmanager
def step(text: str) -> Iterator[None]:
    """Says what begins, then how long it took."""
    say(f"{text}…")
    began = time.monotonic()
    yield
    took = time.monotonic() - began
    if took >= 1:
        print(f"  done in {took:.0f} s", flush=True)


def private_folder(folder: Path, mode: int = 0o700) -> Path:
    """`folder`, made if need be, that only its owner enters."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(mode)
    return folder


def private_file(path: Path, text: str) -> None:
    """Writes `text` where only the owner reads it, from the first byte."""
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(text)
