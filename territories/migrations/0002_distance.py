"""Great-circle distance in SQL, for « à côté »: no PostGIS needed for a distance between two points."""

from django.db import migrations

# Simple enough for PostgreSQL to inline. The radius is the one of territories.distance; a test compares the two.
DISTANCE = """
CREATE FUNCTION territory_distance_km(lon_a float8, lat_a float8, lon_b float8, lat_b float8) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT 2 * 6371.0088 * asin(least(1.0, sqrt(
    sin(radians(lat_b - lat_a) / 2) ^ 2
    + cos(radians(lat_a)) * cos(radians(lat_b)) * sin(radians(lon_b - lon_a) / 2) ^ 2)))
$$
"""


class Migration(migrations.Migration):
    dependencies = [("territories", "0001_initial")]
    operations = [
        migrations.RunSQL(DISTANCE, "DROP FUNCTION territory_distance_km(float8, float8, float8, float8)"),
    ]
