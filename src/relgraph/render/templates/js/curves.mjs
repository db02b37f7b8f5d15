// How a line bends: towards the centre, the more the farther out it runs.

const LEAST = 0.04;
const MOST = 0.32;

/** Return vis-network's options for the curve between two points. */
export function bend(x1, y1, x2, y2, radius) {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const middleX = (x1 + x2) / 2;
  const middleY = (y1 + y2) / 2;
  const side = (x2 - x1) * -middleY - (y2 - y1) * -middleX;
  // Lines that pass by the centre stay straight; those along the rim bend inwards.
  const out = Math.abs(side) / length;
  const roundness =
    LEAST + (MOST - LEAST) * Math.min(1, (2 * out) / radius) * Math.min(1, length / radius);
  return { enabled: true, type: side > 0 ? "curvedCCW" : "curvedCW", roundness };
}

/** Return the control point that vis-network computes for such a curve. */
export function controlPoint(x1, y1, x2, y2, { type, roundness }) {
  const turn = type === "curvedCW" ? 0.5 * roundness + 0.5 : -0.5 * roundness + 0.5;
  const far = 0.5 * roundness + 0.5;
  const dx = x2 - x1;
  const dy = y1 - y2;
  const length = Math.hypot(dx, dy);
  const angle = Math.atan2(dy, dx) + turn * Math.PI;
  return [x1 + far * length * Math.sin(angle), y1 + far * length * Math.cos(angle)];
}
