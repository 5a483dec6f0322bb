from django.core.management.base import BaseCommand

from directory.actions.following import send_due


class Command(BaseCommand):
    help = (
        "Writes to those who follow a search that has new answers, once a week at most. To be run every day."
    )

    def handle(self, *args, **options):
        done = send_due()
        self.stdout.write(f"envoyés\u00a0: {done.sent}")
        self.stdout.write(f"sans nouveauté\u00a0: {done.nothing_new}")
        self.stdout.write(f"non partis\u00a0: {done.failed}")
