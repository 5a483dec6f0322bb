from .asking import (
    BearerLink,
    Mailbox,
    ProposalState,
    ProposedFollowUp,
    Reminder,
    ReminderLine,
    ReminderState,
)
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
from .roster import Roster, RosterLine, RosterState
from .workshop import HalfDay, HostPart, Session, Workshop, WorkshopHost

__all__ = [
    "Attendance",
    "AttendanceStatus",
    "BearerLink",
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
    "Mailbox",
    "Progress",
    "ProposalState",
    "ProposedFollowUp",
    "Recommendation",
    "RecommendationAnswer",
    "Reminder",
    "ReminderLine",
    "ReminderState",
    "Roster",
    "RosterLine",
    "RosterState",
    "Session",
    "Theme",
    "Voice",
    "Workshop",
    "WorkshopHost",
]
