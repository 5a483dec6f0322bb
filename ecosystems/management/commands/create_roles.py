"""Makes the groups « animateur » and « relecteur », or puts their permissions right again."""

from django.core.management.base import BaseCommand

from ecosystems.roles import create_roles


class Command(BaseCommand):
    help = "Crée les groupes « animateur » et « relecteur » (sans effet s’ils sont déjà justes)."

    def handle(self, *args, **options):
        for name, count in create_roles().items():
            self.stdout.write(f"Groupe « {name} » : {count} permissions.")
