from django.core.management.base import BaseCommand

from actors.actions.vocabulary import read_terms
from actors.vocabulary import skos
from actors.vocabulary.terms import write_csv


class Command(BaseCommand):
    help = "Écrit le vocabulaire des compétences sur la sortie : CSV, ou SKOS en Turtle."

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=["csv", "ttl"], default="csv")
        parser.add_argument(
            "--base", default="https://example.org/competences/", help="adresse des termes, en SKOS"
        )

    def handle(self, *args, format, base, **options):
        terms = read_terms()
        self.stdout.write(write_csv(terms) if format == "csv" else skos.write_turtle(terms, base), ending="")
