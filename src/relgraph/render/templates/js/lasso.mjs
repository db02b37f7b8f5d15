// The lasso: a line that is drawn round stakeholders and comes back to where it began.

const LEAST = 120; // pixels of line
const OPEN = 0.25; // of the line's length that may lack between its ends
const FULL = 0.02; // area by the length squared: a circle has 0.08, a way out and back none

function lengthOf(path) {
  return path
    .slice(1)
    .reduce((sum, { x, y }, at) => sum + Math.hypot(x - path[at].x, y - path[at].y), 0);
}

function areaOf(path) {
  const twice = path.reduce((sum, { x, y }, at) => {
    const next = path[(at + 1) % path.length];
    return sum + x * next.y - next.x * y;
  }, 0);
  return Math.abs(twice) / 2;
}

/** Return whether a path goes round something; a drag from corner to corner doesn't. */
export function isLoop(path) {
  const length = lengthOf(path);
  const [first, last] = [path[0], path.at(-1)];
  const gap = Math.hypot(last.x - first.x, last.y - first.y);
  return length >= LEAST && gap <= OPEN * length && areaOf(path) >= FULL * length * length;
}

/** Return whether a closed path has a point inside, by the edges that a ray from it crosses. */
export function holds(path, { x, y }) {
  let inside = false;
  for (const [at, here] of path.entries()) {
    const next = path[(at + 1) % path.length];
    if (here.y > y === next.y > y) continue;
    if (x < here.x + ((next.x - here.x) * (y - here.y)) / (next.y - here.y)) inside = !inside;
  }
  return inside;
}
