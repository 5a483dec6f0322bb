from django.core.management.base import BaseCommand

from workshops.actions.reminding import prepare


class Command(BaseCommand):
    help = (
        "Lists whom to remind of the recommendations they bear, for the animators to read. Sends nothing. To be run "
        "once a month, or more often."
    )

    def handle(self, *args, **options):
        self.stdout.write(f"rappels à relire\u00a0: {prepare()}")
