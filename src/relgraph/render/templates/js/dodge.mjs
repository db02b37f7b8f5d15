// Marks that would cover one another stand beside their place, as near to it as there is room.

const TRIES = 900; // places around its own that a mark tries
const TURN = Math.PI * (3 - Math.sqrt(5)); // the angle of a sunflower: even in every direction

/**
 * Return where each of {x, y, radius, box, farthest, along} stands, in their order: [{x, y}].
 *
 * The largest come first, so that they are moved least; nobody leaves the box {left, right, top,
 * bottom} of its own, or goes farther than told, unless in a strip, `along` "x" or "y". Where
 * there is no room, marks overlap.
 */
export function dodged(marks) {
  const largest = Math.max(1, ...marks.map(({ radius }) => radius));
  const cells = new Map();
  const order = [...marks.keys()].sort((a, b) => marks[b].radius - marks[a].radius || a - b);
  const placed = [];
  for (const at of order) {
    const mark = marks[at];
    const place = freePlace(mark, cells, 2 * largest);
    placed[at] = place;
    const key = keyOf(place.x, place.y, 2 * largest);
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push({ ...place, radius: mark.radius });
  }
  return placed;
}

const keyOf = (x, y, size, right = 0, down = 0) =>
  `${Math.floor(x / size) + right} ${Math.floor(y / size) + down}`;

function freePlace(mark, cells, size) {
  const { x, y, radius, box } = mark;
  const within = (across, up) => ({
    x: between(box.left, x + across, box.right),
    y: between(box.top, y + up, box.bottom),
  });
  for (const [across, up] of mark.along ? alongStrip(mark) : around(mark)) {
    const place = within(across, up);
    if (!covers(place, radius, cells, size)) return place;
  }
  return within(0, 0);
}

/** Give places around a mark's own, the nearest first. */
function* around({ radius, farthest }) {
  for (let at = 0; at < TRIES; at += 1) {
    const away = radius * 0.6 * Math.sqrt(at);
    if (away > farthest) return;
    yield [away * Math.cos(at * TURN), away * Math.sin(at * TURN)];
  }
}

/** Give places along a strip, in rows beside one another. */
function* alongStrip({ radius, box, along }) {
  const [wide, tall] = [box.right - box.left, box.bottom - box.top];
  const [length, room] = along === "x" ? [wide, tall / 2] : [tall, wide / 2];
  for (let away = 0; away <= length; away += radius / 2) {
    for (const [side, row] of [1, -1].flatMap((each) => [0, -1, 1].map((row) => [each, row]))) {
      const place = [side * away, row * room];
      yield along === "x" ? place : place.reverse();
    }
  }
}

function covers({ x, y }, radius, cells, size) {
  for (let right = -1; right <= 1; right += 1) {
    for (let down = -1; down <= 1; down += 1) {
      for (const other of cells.get(keyOf(x, y, size, right, down)) ?? []) {
        if (Math.hypot(x - other.x, y - other.y) < radius + other.radius) return true;
      }
    }
  }
  return false;
}

const between = (least, value, most) => Math.max(least, Math.min(most, value));
