"""Union of outlines: what neighbours share goes, the rest closes into rings."""

from hypothesis import given
from hypothesis import strategies as st

from territories.outline import signed_area, union
from territories.packing import bounds, polygons_of, unpack


def square(x: int, y: int) -> dict:
    ring = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


def area(geometry: dict) -> float:
    """Outer rings count, holes are taken away."""
    total = 0.0
    for polygon in polygons_of(geometry):
        for index, ring in enumerate(polygon):
            size = abs(signed_area([tuple(point) for point in ring[:-1]]))
            total += -size if index else size
    return total


@given(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1))
def test_union_of_squares_keeps_the_area(cells):
    geometry = union([square(x, y) for x, y in sorted(cells)])
    assert area(geometry) == len(cells)
    west, south, east, north = bounds(geometry)
    assert (west, south) == (min(x for x, _y in cells), min(y for _x, y in cells))
    assert (east, north) == (max(x for x, _y in cells) + 1, max(y for _x, y in cells) + 1)


def test_a_ring_of_squares_has_a_hole():
    cells = [(x, y) for x in range(3) for y in range(3) if (x, y) != (1, 1)]
    geometry = union([square(x, y) for x, y in cells])
    assert geometry["type"] == "Polygon"
    assert [len(ring) for ring in geometry["coordinates"]] == [13, 5]


def test_turning_either_way_gives_the_same():
    turned = {"type": "Polygon", "coordinates": [square(1, 0)["coordinates"][0][::-1]]}
    assert area(union([square(0, 0), turned])) == 2
    assert len(union([square(0, 0), turned])["coordinates"]) == 1


def test_apart_makes_two_polygons_and_nothing_makes_none():
    assert union([square(0, 0), square(5, 5)])["type"] == "MultiPolygon"
    assert union([]) is None


def test_unpacking_gives_back_degrees():
    assert unpack([[[30870, 457770, 10, 0, 0, -5]]], 4) == {
        "type": "Polygon",
        "coordinates": [[(3.087, 45.777), (3.088, 45.777), (3.088, 45.7765), (3.087, 45.777)]],
    }
