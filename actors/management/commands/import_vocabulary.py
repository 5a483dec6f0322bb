from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from actors.actions.record import Outcome, Tally
from actors.actions.vocabulary import record_terms
from actors.vocabulary import skos
from actors.vocabulary.terms import check, read_csv

SAID = {
    Outcome.CREATED: "ajoutés",
    Outcome.UPDATED: "changés",
    Outcome.UNCHANGED: "inchangés",
    Outcome.KEPT: "laissés tels quels",
}


class Command(BaseCommand):
    help = "Lit un vocabulaire de compétences (.csv ou .ttl) ; rien n’est écrit si une ligne est refusée."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--remplacer", action="store_true", help="les termes changés depuis reviennent au fichier"
        )
        parser.add_argument("--essai", action="store_true", help="dit ce qui changerait, sans rien écrire")

    def handle(self, *args, file, remplacer, essai, **options):
        terms, problems = self._read(file)
        if problems:
            raise CommandError("\n".join([*problems, "Rien n’a été écrit."]))
        tally = Tally()
        with transaction.atomic():
            record_terms(terms=terms, tally=tally, overwrite=remplacer)
            transaction.set_rollback(essai)
        for kind, outcomes in tally.counts.items():
            told = ", ".join(f"{number} {SAID[outcome]}" for outcome, number in outcomes.items() if number)
            self.stdout.write(f"{kind}\u00a0: {told}")
        if essai:
            self.stdout.write("Essai\u00a0: rien n’a été écrit.")

    def _read(self, file: Path):
        try:
            text = file.read_text(encoding="utf-8")
            if file.suffix == ".csv":
                return read_csv(text)
            terms = skos.read_turtle(text)
        except (OSError, UnicodeDecodeError, ValueError) as error:
            raise CommandError(str(error)) from error
        return terms, check(terms)
