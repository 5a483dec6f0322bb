"""Measures the large ecosystems apart from any visit, once a night."""

from django.core.management.base import BaseCommand
from django.http import QueryDict

from ecosystems.doors_page import DoorsPage
from ecosystems.models import Ecosystem
from ecosystems.passages import keep_passages


class Command(BaseCommand):
    help = "Mesure qui ouvre les portes dans les écosystèmes trop grands pour l’être le temps d’une visite."

    def handle(self, *args, **options):
        for ecosystem in Ecosystem.objects.order_by("pk"):
            kept = keep_passages(ecosystem, DoorsPage(ecosystem, QueryDict()).graph)
            said = (
                f"{kept.ties} liens, mesurés le {kept.measured_at:%d/%m/%Y}"
                if kept
                else "mesuré à chaque visite"
            )
            self.stdout.write(f"{ecosystem}\u00a0: {said}")
