"""Reads a list of participants on standard input, prints one JSON object per line. Needs no database."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from workshops.roster import read_roster


class Command(BaseCommand):
    """`parse_roster < list.txt`: what the animator would have to check, before anything is created."""

    help = "Lit une liste de participants sur l’entrée standard et écrit une ligne JSON par entrée."
    # No check touches a database or a model: this command is for trying a list, anywhere.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Known organisations, which help to tell an organisation from a function."""
        parser.add_argument(
            "--organisation", action="append", default=[], help="Organisme connu (peut être répété)."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Standard input to JSON lines, without e-mails or telephones."""
        content = (
            sys.stdin.buffer.read().decode("utf-8-sig", errors="replace")
            if hasattr(sys.stdin, "buffer")
            else sys.stdin.read()
        )
        for entry in read_roster(content, options["organisation"]):
            self.stdout.write(json.dumps(entry.as_dict(), ensure_ascii=False))
