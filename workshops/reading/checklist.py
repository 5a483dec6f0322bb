"""What to look at before a workshop is published. It stops nobody: what a source does not say stays unsaid."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import reverse

from actors.models import Actor
from actors.resemblance import alike
from workshops.models import Attendance, Workshop

from .words import count_of

MOST_PAIRS = 50  # that resemble each other: more would not be read
NOBODY = "Personne n’est encore dans la liste."


@dataclass(frozen=True)
class Row:
    text: str
    url: str
    detail: str = ""
    merge_url: str = ""  # where two that resemble each other are made one


@dataclass
class Check:
    """A point of the list. `fine` is said when there is nothing to see."""

    title: str
    fine: str
    why: str = ""
    rows: list[Row] = field(default_factory=list)


def checklist(workshop: Workshop) -> list[Check]:
    """The points to check of `workshop`, each with the rows to look at; a constant number of queries."""
    attendances = list(
        workshop.attendances.filter(person__isnull=False)
        .select_related("person")
        .prefetch_related("capacities__organisation")
        .order_by("position", "id")
    )
    return [
        _unrecorded(workshop),
        _without_organisation(attendances),
        _without_basis(attendances),
        _without_page(workshop),
        _without_answer(workshop),
        _alike(workshop, attendances),
    ]


def _admin(model: str, key: int) -> str:
    return reverse(f"admin:{model}_change", args=[key])


def _unrecorded(workshop: Workshop) -> Check:
    url = f"{reverse('entering', args=[workshop.slug])}#saisie"
    typed = workshop.draft_findings.typed().exclude(statement="").count()
    proposed = workshop.draft_findings.proposed().count()
    rows = [Row(f"{count_of(typed, 'ligne saisie', 'lignes saisies')}, pas encore parmi les constats", url)]
    kept = rows if typed else []
    if proposed:
        kept.append(Row(f"{count_of(proposed, 'proposition')} à garder ou à écarter", url))
    return Check("Lignes en cours de saisie", "Toutes les lignes sont parmi les constats.", rows=kept)


def _without_organisation(attendances: list[Attendance]) -> Check:
    rows = [
        Row(line.person.name, _admin("workshops_attendance", line.pk), line.listed_role)
        for line in attendances
        if not line.capacities.all()
    ]
    return Check(
        "Participants sans organisation",
        "Chaque participant est là au titre d’une organisation." if attendances else NOBODY,
        "Un élu ou un agent vient au titre d’une fonction ; un habitant peut n’en avoir aucune.",
        rows,
    )


def _without_basis(attendances: list[Attendance]) -> Check:
    rows = [
        Row(
            line.person.name,
            _admin("actors_person", line.person_id),
            line.person.get_publication_basis_display(),
        )
        for line in attendances
        if line.person.publication_basis in ("", "objection")
    ]
    return Check(
        "Personnes que rien ne permet encore de nommer",
        "Chaque personne a un fondement de publication." if attendances else "Encore personne à nommer.",
        "Sans compte rendu public ni accord, leur nom n’est pas publié : elles sont seulement comptées.",
        rows,
    )


def _without_page(workshop: Workshop) -> Check:
    if not workshop.source or not workshop.source.page_count:
        fine = "Il n’y a pas de compte rendu paginé : aucune page à indiquer."
        return Check("Constats sans page", fine)
    rows = [
        Row(str(finding), _admin("workshops_finding", finding.pk), finding.get_kind_display())
        for finding in workshop.findings.filter(pages=[]).order_by("position", "id")
    ]
    fine = (
        "Chaque constat mène à sa page du compte rendu."
        if workshop.findings.exists()
        else "Aucun constat encore."
    )
    return Check("Constats sans page", fine, rows=rows)


def _without_answer(workshop: Workshop) -> Check:
    alone = workshop.recommendations.whole().filter(answers__isnull=True).order_by("position", "id")
    rows = [Row(each.title, _admin("workshops_recommendation", each.pk)) for each in alone]
    return Check(
        "Recommandations qui ne répondent à rien",
        "Chaque recommandation répond à un constat."
        if workshop.recommendations.exists()
        else "Aucune recommandation encore.",
        "Si le compte rendu ne relie pas la recommandation à un constat, laissez-la ainsi.",
        rows,
    )


# --- New actors that resemble old ones


def _alike(workshop: Workshop, attendances: list[Attendance]) -> Check:
    """Actors of this workshop, in draft or entered since it was, whose name is nearly that of another of their kind."""
    around = {line.person_id for line in attendances}
    around |= {each.organisation_id for line in attendances for each in line.capacities.all()}
    linked = Q(pk__in=around) | Q(hosted_workshops__workshop=workshop) | Q(findings__workshop=workshop)
    recent = Q(state="draft") | Q(created_at__gte=workshop.created_at)
    new = set(Actor.objects.filter(linked & recent).values_list("pk", flat=True))
    rows = [
        Row(
            actor.name,
            _admin(f"actors_{actor.kind}", actor.pk),
            f"ressemble à « {other.actor.name} » ({other.actor.nature_label})",
            reverse(f"admin:actors_{actor.kind}_merge", args=[other.actor.pk], query={"avec": actor.pk}),
        )
        for actor, other in alike(new)[:MOST_PAIRS]
    ]
    return Check(
        "Nouvelles fiches qui ressemblent à d’autres",
        "Aucune nouvelle fiche ne ressemble à une autre.",
        "Deux fiches pour la même personne ou la même organisation ? Gardez-en une seule.",
        rows,
    )
