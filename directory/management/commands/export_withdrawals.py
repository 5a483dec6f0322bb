from django.core.management.base import BaseCommand

from actors.models import Withdrawal


class Command(BaseCommand):
    help = "Prints the fingerprints of who withdrew, to be kept beside the backups; see apply_withdrawals."

    def handle(self, *args, **options):
        for one in Withdrawal.objects.order_by("pk").values_list("fingerprint", flat=True):
            self.stdout.write(one)
