"""Loads a report kept in fixtures/: `manage.py load_fixture clermont-ferrand-2022`."""

from django.core.management.base import BaseCommand, CommandError

from actors.actions.record import Outcome, Tally
from directory.fixture.load import load_fixture
from directory.fixture.reader import FixtureError
from foundations.typography import NBSP


class Command(BaseCommand):
    help = "Charge un compte rendu conservé dans fixtures/, avec le vocabulaire des compétences."

    def add_arguments(self, parser):
        parser.add_argument(
            "name", metavar="NOM", help="dossier de fixtures/, par exemple clermont-ferrand-2022"
        )
        parser.add_argument(
            "--remplacer",
            action="store_true",
            help="remet aussi ce qui a été modifié depuis, à la main ou autrement",
        )

    def handle(self, *args, **options):
        try:
            tally = load_fixture(options["name"], overwrite=options["remplacer"])
        except FixtureError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write("\n".join(told(tally)))


# After « ligne », « lignes ».
_WORDS = {
    Outcome.CREATED: ("créée", "créées"),
    Outcome.UPDATED: ("mise à jour", "mises à jour"),
    Outcome.UNCHANGED: ("inchangée", "inchangées"),
    Outcome.KEPT: ("laissée telle que modifiée depuis", "laissées telles que modifiées depuis"),
}


def told(tally: Tally) -> list[str]:
    """What was done, in French, one line a kind of row, then a sentence for the whole."""
    lines = []
    for kind, counts in tally.counts.items():
        said = [f"{count} {_WORDS[outcome][count > 1]}" for outcome, count in counts.items() if count]
        lines.append(f"{kind}{NBSP}: {', '.join(said)}")
    if not tally.total(Outcome.CREATED, Outcome.UPDATED):
        lines.append("Rien n’a changé.")
    return lines
