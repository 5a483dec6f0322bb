from .drawing import MOST_TIES, Collection, Drawing, DrawnTie, Sending, new_token
from .ecosystem import Caretaker, Ecosystem, EcosystemManager, Passages, Role

__all__ = [
    "MOST_TIES",
    "Caretaker",
    "Collection",
    "Drawing",
    "DrawnTie",
    "Ecosystem",
    "EcosystemManager",
    "Passages",
    "Role",
    "Sending",
    "new_token",
]
