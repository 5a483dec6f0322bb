from django.core.management.base import BaseCommand

from workshops.actions.reminding import send_approved


class Command(BaseCommand):
    help = (
        "Sends the reminders that an animator approved and that could not leave at once. To be run every day; two runs "
        "at once send once, and nobody is written to twice in a month."
    )

    def handle(self, *args, **options):
        done = send_approved()
        self.stdout.write(f"envoyés\u00a0: {done.sent}")
        self.stdout.write(f"attendent leur mois\u00a0: {done.too_soon}")
        self.stdout.write(f"non partis\u00a0: {done.failed}")
