"""The search table and what feeds it, followed searches, searches that found nobody, links of participants."""

from .following import FollowedSearch
from .index import (
    FeedingActor,
    FeedingArea,
    FeedingAttachment,
    FeedingAttendance,
    FeedingBearer,
    FeedingCapacity,
    FeedingCompetence,
    FeedingExpertise,
    FeedingFinding,
    FeedingFindingActor,
    FeedingHost,
    FeedingInitiative,
    FeedingMembership,
    FeedingMention,
    FeedingName,
    FeedingSource,
    FeedingTie,
    FeedingWorkshop,
    NameStart,
    SearchEntry,
)
from .participants import ParticipantLink
from .unanswered import UnansweredSearch

__all__ = [
    "FeedingActor",
    "FeedingArea",
    "FeedingAttachment",
    "FeedingAttendance",
    "FeedingBearer",
    "FeedingCapacity",
    "FeedingCompetence",
    "FeedingExpertise",
    "FeedingFinding",
    "FeedingFindingActor",
    "FeedingHost",
    "FeedingInitiative",
    "FeedingMembership",
    "FeedingMention",
    "FeedingName",
    "FeedingSource",
    "FeedingTie",
    "FeedingWorkshop",
    "FollowedSearch",
    "NameStart",
    "ParticipantLink",
    "SearchEntry",
    "UnansweredSearch",
]
