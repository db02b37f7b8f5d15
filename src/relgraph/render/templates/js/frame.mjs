// The frame: what room the map has on screen, and what lies over it.

// Pixels around the map: the sectors' names, and the bar below.
export const EDGE = { x: 96, y: 34, bar: 62, narrow: 12 };
const NARROW = 600; // pixels: sectors' names then lie over the rim
const BUTTONS = { width: 62, height: 140 }; // pixels of the corner that the buttons for zooming cover

/** Return where the buttons for zooming are, in pixels from the centre of the whole map. */
export function buttonsBox({ clientWidth, clientHeight }) {
  const top = EDGE.bar / 2 - clientHeight / 2;
  return {
    left: clientWidth / 2 - BUTTONS.width,
    right: clientWidth / 2,
    top,
    bottom: top + BUTTONS.height,
  };
}

/** Return the scale at which the whole map, of that radius, can be seen. */
export function fitScale({ clientWidth, clientHeight }, rim) {
  const side = clientWidth < NARROW ? EDGE.narrow : EDGE.x;
  const room = Math.min(clientWidth - 2 * side, clientHeight - 2 * EDGE.y - EDGE.bar);
  return Math.max(0.05, room / (2 * rim));
}
