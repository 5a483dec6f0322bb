"""Loads or updates the official geography: `manage.py load_territories [--region 84]`."""

import time

from django.core.management.base import BaseCommand, CommandError

from territories.loading import Report, load
from territories.models import Kind


class Command(BaseCommand):
    help = "Charge ou met à jour les territoires officiels de France (fixtures/territories)."

    def add_arguments(self, parser):
        parser.add_argument(
            "--region",
            action="append",
            metavar="CODE",
            help="code INSEE d’une région (84) ; toute la France sinon",
        )
        parser.add_argument("--sans-contours", action="store_true", help="ne charge pas les contours")

    def handle(self, *args, **options):
        start = time.perf_counter()
        say = self.stdout.write if options["verbosity"] else lambda line: None
        try:
            report = load(options["region"], contours=not options["sans_contours"], say=say)
        except FileNotFoundError as error:
            raise CommandError(f"Fichier absent : {error.filename}") from error
        for line in told(report) if options["verbosity"] else []:
            self.stdout.write(line)
        say(f"Fait en {time.perf_counter() - start:.1f} s.")


def told(report: Report) -> list[str]:
    """The report in French, one line a fact."""
    if report.is_empty:
        return ["Rien n’a changé.", *_left_aside(report)]
    lines = [f"Créés : {count} × {Kind(kind).label}" for kind, count in sorted(report.created.items())]
    lines += [f"Composé : {name}" for name in report.composed]
    lines += [f"Renommé : {before} → {after}" for before, after in report.renamed]
    lines += [f"Fusionné : {name} → {successor}" for name, successor in report.merged]
    lines += [f"Disparu sans successeur connu : {name} ({code})" for name, code in report.vanished]
    lines.append(f"Appartenances modifiées : {report.memberships} ; contours : {report.contours}")
    lines.append(f"Relations modifiées : {report.relations}")
    return lines + _left_aside(report)


def _left_aside(report: Report) -> list[str]:
    return [f"Laissé de côté (membres non chargés) : {name}" for name in report.left_aside]
