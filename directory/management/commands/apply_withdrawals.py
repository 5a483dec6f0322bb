import re
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from directory.actions.withdrawal import reapply_withdrawals


class Command(BaseCommand):
    help = "After a restored backup: withdraws again whoever had asked to disappear."

    def add_arguments(self, parser):
        parser.add_argument(
            "file", nargs="?", type=Path, help="what export_withdrawals printed, newer than the backup"
        )

    def handle(self, *args, file, **options):
        prints = _read(file) if file else []
        done = reapply_withdrawals(prints)
        self.stdout.write(f"Personnes retirées de nouveau\u00a0: {len(done)}")
        for one in done:
            for row in one.to_reread:
                self.stdout.write(f"  à relire\u00a0: {row}")


def _read(file: Path) -> list[str]:
    try:
        lines = file.read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} ne se lit pas.") from error
    if wrong := [line for line in lines if not re.fullmatch(r"[0-9a-f]{64}", line)]:
        raise CommandError(f"{file}\u00a0: {wrong[0][:80]} n’est pas une empreinte.")
    return lines
