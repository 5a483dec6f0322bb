from django.core.management.base import BaseCommand

from directory.actions.purging import purge_expired


class Command(BaseCommand):
    help = "Erases requests older than twelve months, private contact points past their date, old counts and sessions."

    def handle(self, *args, **options):
        for name, count in purge_expired().items():
            self.stdout.write(f"{name}\u00a0: {count}")
