"""What the administration of every floor leans on. It knows no domain: each floor registers its own."""

from .base import HouseModelAdmin, HouseStacked, HouseTabular, VersionedModelAdmin
from .forms import HouseForm, HouseFormSet
from .history import HistoryMixin
from .publish import PublishableMixin

__all__ = [
    "HistoryMixin",
    "HouseForm",
    "HouseFormSet",
    "HouseModelAdmin",
    "HouseStacked",
    "HouseTabular",
    "PublishableMixin",
    "VersionedModelAdmin",
]
