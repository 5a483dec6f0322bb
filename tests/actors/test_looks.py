"""The shapes of natures, as a browser paints them: none larger nor like another, none farther than it says."""

import pytest

from actors.looks import SHAPES
from actors.models import LOOKS

SIDE = 100  # pixels of a circle's radius
# How many pixels a path paints, and the box they fill, as [left, top, right, bottom] around its middle.
PAINTED = """([path, side]) => {
  const canvas = new OffscreenCanvas(4 * side, 4 * side);
  const pen = canvas.getContext("2d");
  pen.setTransform(side, 0, 0, side, 2 * side, 2 * side);
  pen.fill(new Path2D(path));
  const { data } = pen.getImageData(0, 0, 4 * side, 4 * side);
  let count = 0, box = [4 * side, 4 * side, 0, 0];
  for (let at = 3; at < data.length; at += 4) {
    if (data[at] < 128) continue;
    const x = ((at - 3) / 4) % (4 * side), y = Math.floor(at / 16 / side);
    box = [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x + 1), Math.max(box[3], y + 1)];
    count += 1;
  }
  return [count, ...box.map((edge) => edge - 2 * side)];
}"""


@pytest.mark.parametrize("look", SHAPES)
def test_every_shape_paints_as_much_as_a_circle_and_reaches_as_far_as_it_says(page, look):
    shape = SHAPES[look]
    painted, *box = page.evaluate(PAINTED, [shape.path, SIDE])
    assert painted == pytest.approx(3.1416 * SIDE**2, rel=0.01)
    said = [-shape.aside, -shape.above, shape.aside, shape.below]
    assert box == pytest.approx([edge * SIDE for edge in said], abs=2.5)


def test_every_nature_has_a_shape_of_its_own():
    looks = {*LOOKS.values(), "person"}
    assert len({SHAPES[look].path for look in looks}) == len(looks)
