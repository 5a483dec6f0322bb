"""The ground floor: places, and what lies in what."""

from .names import TerritoryName
from .relations import RelationKind, TerritoryCommune, TerritoryRelation
from .territory import Composition, Kind, Territory, TerritoryContour, TerritoryQuerySet

__all__ = [
    "Composition",
    "Kind",
    "RelationKind",
    "Territory",
    "TerritoryCommune",
    "TerritoryContour",
    "TerritoryName",
    "TerritoryQuerySet",
    "TerritoryRelation",
]
