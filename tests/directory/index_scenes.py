"""One scene for each table that feeds the index: a row of it, a change of that row, and who is found after it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from actors.models import ActorName
from tests.factories.actors import (
    ActorAreaFactory,
    AttachmentFactory,
    CompetenceFactory,
    ExpertiseFactory,
    InitiativeBearerFactory,
    InitiativeFactory,
    MembershipFactory,
    MentionFactory,
    OrganisationFactory,
    PersonFactory,
    SourceFactory,
    TieFactory,
)
from tests.factories.territories import TerritoryFactory
from tests.factories.workshops import (
    AttendanceFactory,
    FindingFactory,
    WorkshopFactory,
    WorkshopHostFactory,
)
from workshops.models import Attendance, Finding

WORD = "zinzolin"  # a colour that no factory speaks of


@dataclass(frozen=True)
class Scene:
    """`row`: of the table; `change`: columns that change the index; `found`: who then answers to `word`."""

    row: Any
    change: dict[str, Any]
    word: str = ""
    found: list[str] = field(default_factory=list)


SCENES: dict[str, Any] = {}


def scene(name: str, *, alone: bool = True, moves: str = "", to_a_person: bool = False):
    """`alone`: inserting the row changes the index by itself; `moves`: its column that names the actor."""

    def keep(make):
        make.is_seen_alone, make.moves, make.moves_to_a_person = alone, moves, to_a_person
        SCENES[name] = make
        return make

    return keep


@scene("FeedingActor")
def _actor() -> Scene:
    return Scene(OrganisationFactory(slug="ville"), {"name": "Ville zinzolin"}, WORD, ["ville"])


@scene("FeedingName", moves="actor")
def _name() -> Scene:
    row = ActorName.objects.create(actor=OrganisationFactory(slug="ville"), name="Cité")
    MembershipFactory(member__slug="lou", organisation=row.actor)
    return Scene(row, {"name": "Cité zinzolin"}, WORD, ["ville", "lou"])


@scene("FeedingArea", moves="actor")
def _area() -> Scene:
    row = ActorAreaFactory(territory=TerritoryFactory())
    return Scene(row, {"territory": TerritoryFactory()})


@scene("FeedingMention", moves="actor")
def _mention() -> Scene:
    return Scene(MentionFactory(), {"source": SourceFactory(date=date(2024, 2, 1))})


@scene("FeedingAttachment", moves="organisation")
def _attachment() -> Scene:
    row = AttachmentFactory(organisation__slug="chaire")
    return Scene(
        row, {"parent": OrganisationFactory(slug="ecole", name="École zinzolin")}, WORD, ["chaire", "ecole"]
    )


@scene("FeedingMembership", moves="member", to_a_person=True)
def _membership() -> Scene:
    row = MembershipFactory(member__slug="lou", organisation__slug="ville")
    return Scene(row, {"role": "Responsable zinzolin"}, WORD, ["lou", "ville"])


@scene("FeedingTie", moves="from_actor")
def _tie() -> Scene:
    row = TieFactory(from_actor__slug="ville", to_actor=None, to_category="les citoyens")
    return Scene(row, {"to_category": "les zinzolins"}, WORD, ["ville"])


@scene("FeedingExpertise", moves="actor")
def _expertise() -> Scene:
    row = ExpertiseFactory(actor__slug="ville")
    return Scene(row, {"evidence": "Elle peint en zinzolin."}, WORD, ["ville"])


@scene("FeedingCompetence", alone=False)
def _competence() -> Scene:
    row = CompetenceFactory()
    ExpertiseFactory(competence=row, actor__slug="ville")
    return Scene(row, {"name": "Peinture zinzolin"}, WORD, ["ville"])


@scene("FeedingBearer", moves="actor")
def _bearer() -> Scene:
    row = InitiativeBearerFactory(actor__slug="ville")
    return Scene(row, {"initiative": InitiativeFactory(name="Opération zinzolin")}, WORD, ["ville"])


@scene("FeedingInitiative", moves="same_as")
def _initiative() -> Scene:
    row = InitiativeFactory(same_as=OrganisationFactory(slug="ville"))
    InitiativeBearerFactory(initiative=row, actor__slug="pays")
    MembershipFactory(programme=row, member__slug="lou")
    return Scene(row, {"name": "Opération zinzolin"}, WORD, ["ville", "pays", "lou"])


@scene("FeedingFinding", moves="voice_person", to_a_person=True)
def _finding() -> Scene:
    row = FindingFactory(voice="person", voice_person=PersonFactory(slug="lou"))
    row.actors.add(OrganisationFactory(slug="ville"))
    return Scene(row, {"statement": "Tout devient zinzolin"}, WORD, ["lou", "ville"])


@scene("FeedingFindingActor", moves="actor")
def _finding_actor() -> Scene:
    FindingFactory().actors.add(OrganisationFactory(slug="ville"))
    other = FindingFactory(statement="Tout devient zinzolin")
    return Scene(Finding.actors.through.objects.get(), {"finding": other}, WORD, ["ville"])


@scene("FeedingWorkshop", alone=False)
def _workshop() -> Scene:
    row = WorkshopFactory(state="draft")
    FindingFactory(workshop=row, statement="Tout devient zinzolin").actors.add(
        OrganisationFactory(slug="ville")
    )
    FindingFactory(
        workshop=row, statement="Le zinzolin", voice="person", voice_person=PersonFactory(slug="lou")
    )
    AttendanceFactory(workshop=row)
    WorkshopHostFactory(workshop=row)
    return Scene(row, {"state": "published"}, WORD, ["ville", "lou"])


@scene("FeedingHost", moves="actor")
def _host() -> Scene:
    return Scene(WorkshopHostFactory(), {"workshop": WorkshopFactory()})


@scene("FeedingAttendance", moves="person", to_a_person=True)
def _attendance() -> Scene:
    row = AttendanceFactory()
    row.capacities.add(MembershipFactory(member=row.person))
    return Scene(row, {"status": "excused"})


@scene("FeedingCapacity")
def _capacity() -> Scene:
    attendance = AttendanceFactory()
    attendance.capacities.add(MembershipFactory(member=attendance.person))
    other = MembershipFactory(member=attendance.person)
    return Scene(Attendance.capacities.through.objects.get(), {"membership": other})


@scene("FeedingSource", alone=False)
def _source() -> Scene:
    row = SourceFactory()
    MentionFactory(source=row)
    MembershipFactory(source=row)
    return Scene(row, {"date": date(2024, 2, 1)})
