"""The environment of a Passerelles on this machine: keys of its own, kept in .data/ between two runs."""

import json
import os
import secrets

from scripts.console import DATA, private_file, private_folder


def keys() -> dict[str, str]:
    """SECRET_KEY and WITHDRAWAL_KEY: the environment's, else this machine's, made once and read by its owner only."""
    path = private_folder(DATA) / "keys.json"
    if not path.exists():
        made = {name: secrets.token_urlsafe(50) for name in ("SECRET_KEY", "WITHDRAWAL_KEY")}
        private_file(path, json.dumps(made))
    kept: dict[str, str] = json.loads(path.read_text())
    return {name: os.environ.get(name) or value for name, value in kept.items()}


def environment(database_url: str, **settings: str) -> dict[str, str]:
    """The variables of a child process. What the caller's own environment says wins over `settings`."""
    return {
        **settings,
        **os.environ,
        **keys(),
        "DATABASE_URL": database_url,
        "PYTHONUNBUFFERED": "1",
    }
