// The outlines of vis-network's shapes as SVG paths, so that exports match what is on screen.

const UP = -Math.PI / 2;

const OUTLINES = {
  dot: (x, y, size) => {
    const r = round(size);
    const [left, right] = [point(x - size, y), point(x + size, y)];
    return `M${left}A${r} ${r} 0 1 1 ${right}A${r} ${r} 0 1 1 ${left}Z`;
  },
  square: (x, y, size) => polygon(x, y, 4, () => Math.SQRT2 * size, Math.PI / 4),
  diamond: (x, y, size) => polygon(x, y, 4, () => size),
  hexagon: (x, y, size) => polygon(x, y, 6, () => size),
  triangle: (x, y, size) => {
    const r = 1.15 * size;
    return polygon(x, y + 0.275 * r, 3, () => (2 / Math.sqrt(3)) * r, UP);
  },
  triangleDown: (x, y, size) => {
    const r = 1.15 * size;
    return polygon(x, y - 0.275 * r, 3, () => (2 / Math.sqrt(3)) * r, -UP);
  },
  star: (x, y, size) => {
    const r = 0.82 * size;
    return polygon(x, y + 0.1 * r, 10, (corner) => (corner % 2 ? 0.5 : 1.3) * r, UP);
  },
};

/** Return a path with corners at equal angles around a centre, the first in direction `start`. */
function polygon(x, y, count, radiusOf, start = 0) {
  const corners = Array.from({ length: count }, (_, corner) => {
    const angle = start + (corner * 2 * Math.PI) / count;
    const radius = radiusOf(corner);
    return point(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  });
  return `M${corners.join("L")}Z`;
}

function point(x, y) {
  return `${round(x)} ${round(y)}`;
}

/** Round for a path. */
export function round(value) {
  return Math.round(value * 100) / 100;
}

/** Return a shape's outline as a path. */
export function outline(shape, x, y, size) {
  return OUTLINES[shape](x, y, size);
}
