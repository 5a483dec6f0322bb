"""Distances between two points of the Earth, in kilometres, as the crow flies."""

import math

from django.db.models import FloatField, Func

EARTH_RADIUS_KM = 6371.0088  # mean radius of the IUGG


def distance_km(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Kilometres between two points given in degrees (haversine formula)."""
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    half_lat, half_lon = (phi_b - phi_a) / 2, math.radians(lon_b - lon_a) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(phi_a) * math.cos(phi_b) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))


class DistanceKm(Func):
    """The same in SQL: `DistanceKm(lon_a, lat_a, lon_b, lat_b)` of expressions or numbers; NULL when one is NULL."""

    function = "territory_distance_km"
    arity = 4
    output_field = FloatField()
