"""One actor, as all floors know it."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from actors.models import Actor, Attachment, Expertise, InitiativeBearer, Lineage, Membership, Sourced, Tie
from workshops.models import Attendance, Finding, FollowUp, Workshop, WorkshopHost
from workshops.reading.telling import Told, tell

from .proof import Proof, proof


@dataclass(frozen=True)
class Line:
    """A fact with its proof."""

    fact: Sourced
    proof: Proof


@dataclass(frozen=True)
class Skill:
    """A competence with all that proves it."""

    competence: object
    lines: list[Line]


@dataclass(frozen=True)
class Bundle:
    """Ties that differ only by whom they lead to; `fact` is any of them."""

    fact: Tie
    ties: list[Tie]
    proof: Proof


def lines(facts, *, ages: bool = False) -> list[Line]:
    return [Line(fact, proof(fact, ages=ages)) for fact in facts]


class ActorPage:
    """Each property is one query or two, whatever the number of rows; only what the public may see."""

    def __init__(self, actor: Actor):
        self.actor = actor

    @cached_property
    def _seen(self):
        return Actor.objects.published().values("pk")

    @cached_property
    def skills(self) -> list[Skill]:
        facts = Expertise.objects.filter(actor=self.actor).select_related("competence", "source")
        grouped = defaultdict(list)
        for line in lines(facts.order_by("competence__sort_name", "pk")):
            grouped[line.fact.competence].append(line)
        return [Skill(competence, lines) for competence, lines in grouped.items()]

    @cached_property
    def people(self) -> list[Line]:
        """Who holds a function here."""
        facts = Membership.objects.filter(organisation=self.actor, member__in=self._seen)
        return lines(
            facts.select_related("member", "source", "programme").order_by("member__sort_name"), ages=True
        )

    @cached_property
    def functions(self) -> list[Line]:
        """Where this actor holds a function."""
        facts = Membership.objects.filter(member=self.actor, organisation__in=self._seen)
        return lines(facts.select_related("organisation", "source", "programme").order_by("pk"), ages=True)

    @cached_property
    def parents(self) -> list[Line]:
        facts = Attachment.objects.filter(organisation=self.actor, parent__in=self._seen)
        return lines(facts.select_related("parent", "source"))

    @cached_property
    def parts(self) -> list[Line]:
        facts = Attachment.objects.filter(parent=self.actor, organisation__in=self._seen)
        return lines(facts.select_related("organisation", "source").order_by("organisation__sort_name"))

    @cached_property
    def predecessors(self) -> list[Line]:
        facts = Lineage.objects.filter(successor=self.actor, predecessor__in=self._seen)
        return lines(facts.select_related("predecessor", "source").order_by("predecessor__sort_name"))

    @cached_property
    def successors(self) -> list[Line]:
        facts = Lineage.objects.filter(predecessor=self.actor, successor__in=self._seen)
        return lines(facts.select_related("successor", "source").order_by("successor__sort_name"))

    @cached_property
    def _ties(self) -> list[Tie]:
        ties = Tie.objects.published().select_related("from_actor", "to_actor", "source")
        return list((ties.filter(from_actor=self.actor) | ties.filter(to_actor=self.actor)).order_by("pk"))

    @cached_property
    def ties(self) -> list[Bundle]:
        """Ties told in one line when one passage states them in the same words: « traduit entre a, b et c »."""
        bundles: dict[tuple, list[Tie]] = defaultdict(list)
        for tie in self._ties:
            bundles[(tie.from_actor_id, tie.kind, tie.label, tie.subject, tie.source_id, *tie.pages)].append(
                tie
            )
        return [Bundle(ties[0], ties, proof(ties[0], ages=True)) for ties in bundles.values()]

    @cached_property
    def has_tie_to_an_actor(self) -> bool:
        return any(tie.to_actor_id for tie in self._ties)

    @cached_property
    def initiatives(self) -> list[Line]:
        """What it bears; an initiative told on an organisation's page leads there."""
        facts = InitiativeBearer.objects.filter(actor=self.actor, initiative__state="published")
        facts = facts.exclude(initiative__same_as=self.actor)
        return lines(facts.select_related("initiative__same_as", "source").order_by("initiative__name"))

    @cached_property
    def as_initiative(self):
        """The same thing told as an initiative, or None."""
        found = getattr(self.actor, "as_initiative", None)
        return found if found and found.is_published else None

    @cached_property
    def findings(self) -> list[Told]:
        """What is said of it, and what it said by name. Being present makes nobody say anything."""
        findings = Finding.objects.published()
        said = findings.filter(actors=self.actor) | findings.filter(voice_person=self.actor)
        told = (
            Finding.objects.filter(pk__in=said.values("pk"))
            .told()
            .order_by("workshop__date", "position", "pk")
        )
        return [tell(finding, anchored=False) for finding in told]

    @cached_property
    def attendances(self) -> list[Line]:
        facts = Attendance.objects.filter(workshop__state="published", person=self.actor)
        return lines(facts.select_related("workshop", "source").order_by("-workshop__date"))

    @cached_property
    def listed_for(self) -> list[Workshop]:
        """Workshops where somebody is listed under this organisation's name: neither a mandate nor its voice."""
        return list(
            Workshop.objects.published()
            .filter(attendances__status="present", attendances__capacities__organisation=self.actor)
            .distinct()
        )

    @cached_property
    def hosted(self) -> list[Line]:
        facts = WorkshopHost.objects.filter(workshop__state="published", actor=self.actor)
        return lines(facts.select_related("workshop", "source").order_by("-workshop__date", "part"))

    @cached_property
    def mentions(self) -> list[Line]:
        return lines(self.actor.mentions.select_related("source").order_by("source__date"))

    @cached_property
    def contacts(self) -> list[Line]:
        return lines(self.actor.published_contacts.select_related("source").order_by("kind"))

    @cached_property
    def areas(self) -> list[Line]:
        return lines(self.actor.areas.select_related("territory", "source").order_by("territory__sort_name"))

    @cached_property
    def other_names(self) -> list[str]:
        return [other.name for other in self.actor.other_names.all()]

    @cached_property
    def borne_recommendations(self) -> list[FollowUp]:
        """What it was said to bear, the latest first."""
        return list(
            FollowUp.objects.standing()
            .filter(bearer=self.actor, recommendation__workshop__state="published")
            .select_related("recommendation", "source")
        )

    @cached_property
    def events(self) -> list[dict]:
        """« Au fil du temps »: what is dated, the oldest first (parameters of components/timeline.html)."""
        life = [(self.actor.founded, "Fondation"), (self.actor.dissolved, "Disparition")]
        entries = [{"when": when, "text": text} for when, text in life if when]
        entries += [
            _event(line.fact.workshop, f"{line.fact.get_status_display().capitalize()} à l’atelier :")
            for line in self.attendances
        ]
        if not self.actor.is_person:
            entries += self._workshops
        entries += [
            {
                "when": follow_up.said_on.isoformat(),
                "text": f"{follow_up.get_bearing_display().capitalize()} :",
                "url": follow_up.recommendation.get_absolute_url(),
                "link": follow_up.recommendation.title,
            }
            for follow_up in self.borne_recommendations
        ]
        return sorted(entries, key=lambda entry: entry["when"])

    @property
    def _workshops(self) -> list[dict]:
        hosted = {line.fact.workshop for line in self.hosted}
        listed = [
            _event(workshop, "Au moins une personne est listée à son titre :") for workshop in self.listed_for
        ]
        return [_event(workshop, "Invite ou accueille l’atelier :") for workshop in hosted] + listed


def _event(workshop: Workshop, words: str) -> dict:
    return {
        "when": workshop.date.isoformat(),
        "text": words,
        "url": workshop.get_absolute_url(),
        "link": workshop.title,
    }
