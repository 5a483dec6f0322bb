import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from directory.actions.vocabulary import gather


class Command(BaseCommand):
    help = (
        "Gathers the searches without an answer from logs, for the animator's list. Reading a log again counts nothing "
        "twice. With journald: journalctl -u passerelles -o cat | manage.py gather_unanswered"
    )

    def add_arguments(self, parser):
        parser.add_argument("logs", nargs="*", help="log files; the standard input without any")

    def handle(self, *args, logs, **options):
        counts = gather(lines=self._lines(logs))
        self.stdout.write(
            f"Recherches sans réponse\u00a0: {counts['new']} nouvelles, {counts['known']} déjà connues"
        )

    def _lines(self, logs):
        if not logs:
            yield from sys.stdin
        for path in logs:
            try:
                with Path(path).open(encoding="utf-8", errors="replace") as log:
                    yield from log
            except OSError as error:
                raise CommandError(f"Cannot read {path}: {error.strerror}") from error
