from django.core.management.base import BaseCommand, CommandError

from actors.models import Person
from directory.actions.withdrawal import withdraw_person


class Command(BaseCommand):
    help = "Masks a person everywhere, for good: name, addresses, statements, history, index. There is no way back."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="the person's address: the end of /acteurs/<slug>/")
        parser.add_argument("--yes", action="store_true", help="do not ask for confirmation")

    def handle(self, *args, slug, yes, **options):
        person = Person.objects.filter(slug=slug).first()
        if person is None:
            raise CommandError(f"Aucune personne à l’adresse « {slug} ».")
        if (
            not yes
            and input(f"Retirer {person.name}, sans retour possible\u202f? (oui/non) ").strip() != "oui"
        ):
            raise CommandError("Rien n’a été fait.")
        done = withdraw_person(person=person)
        self.stdout.write(
            f"C’est fait\u00a0: « {done.called} ». Autres textes réécrits\u00a0: {done.rewritten}."
        )
        if done.to_reread:
            self.stdout.write(
                "Le nom de famille y figure encore, peut-être pour autre chose\u00a0: à relire."
            )
            for row in done.to_reread:
                self.stdout.write(f"  {row}")
