// The outlines of vis-network's shapes as SVG paths, so that exports match what is on screen.

const point = (x, y) => `${round(x)} ${round(y)}`;
const polygon = (points) => `M${points.map(([x, y]) => point(x, y)).join("L")}Z`;

/** Round for a path. */
export function round(value) {
  return Math.round(value * 100) / 100;
}

const OUTLINES = {
  dot: (x, y, r) =>
    `M${point(x - r, y)}A${round(r)} ${round(r)} 0 1 1 ${point(x + r, y)}A${round(r)} ${round(r)} 0 1 1 ${point(x - r, y)}Z`,
  square: (x, y, r) =>
    polygon([
      [x - r, y - r],
      [x + r, y - r],
      [x + r, y + r],
      [x - r, y + r],
    ]),
  diamond: (x, y, r) =>
    polygon([
      [x, y + r],
      [x + r, y],
      [x, y - r],
      [x - r, y],
    ]),
  hexagon: (x, y, r) =>
    polygon(
      corners(6, (k) => [x + r * Math.cos((k * Math.PI) / 3), y + r * Math.sin((k * Math.PI) / 3)]),
    ),
  triangle: (x, y, size) => {
    const r = size * 1.15;
    const low = y + 0.275 * r + (Math.sqrt(3) / 3) * r;
    return polygon([
      [x, low - Math.sqrt(3) * r],
      [x + r, low],
      [x - r, low],
    ]);
  },
  star: (x, y, size) => {
    const r = size * 0.82;
    return polygon(
      corners(10, (k) => {
        const far = k % 2 === 0 ? 1.3 * r : 0.5 * r;
        return [
          x + far * Math.sin((k * Math.PI) / 5),
          y + 0.1 * r - far * Math.cos((k * Math.PI) / 5),
        ];
      }),
    );
  },
};

function corners(count, at) {
  return Array.from({ length: count }, (_, k) => at(k));
}

/** Return a shape's outline as a path. */
export function outline(shape, x, y, size) {
  return OUTLINES[shape](x, y, size);
}
