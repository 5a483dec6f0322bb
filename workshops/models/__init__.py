from .attendance import Attendance, AttendanceStatus
from .drafting import DraftFinding, DraftState
from .finding import Finding, FindingKind, FindingLink, Level, LinkKind, Theme, Voice
from .recommendation import (
    Bearing,
    FollowUp,
    Progress,
    Recommendation,
    RecommendationAnswer,
)
from .workshop import HalfDay, HostPart, Session, Workshop, WorkshopHost

__all__ = [
    "Attendance",
    "AttendanceStatus",
    "Bearing",
    "DraftFinding",
    "DraftState",
    "Finding",
    "FindingKind",
    "FindingLink",
    "FollowUp",
    "HalfDay",
    "HostPart",
    "Level",
    "LinkKind",
    "Progress",
    "Recommendation",
    "RecommendationAnswer",
    "Session",
    "Theme",
    "Voice",
    "Workshop",
    "WorkshopHost",
]
