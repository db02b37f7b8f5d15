// The frame: what room the map has on screen, and what lies over it.

// Pixels around the map: the sectors' names, and the bar below.
export const EDGE = { x: 96, y: 34, bar: 62, narrow: 12 };
const NARROW = 600; // pixels: sectors' names then lie over the rim
const VIEWS = { wide: [94, 122], narrow: [206, 64] }; // those for the view, in the other corner
const BUTTONS = { width: 62, height: 140 }; // pixels of the corner that the buttons for zooming cover

/** Return where the buttons over the map are, in pixels from the centre of the whole map. */
export function buttonBoxes({ clientWidth, clientHeight }) {
  const top = EDGE.bar / 2 - clientHeight / 2;
  const side = clientWidth / 2;
  const [width, height] = clientWidth < NARROW ? VIEWS.narrow : VIEWS.wide;
  return [
    { left: side - BUTTONS.width, right: side, top, bottom: top + BUTTONS.height },
    { left: -side, right: width - side, top, bottom: top + height },
  ];
}

/** Return the scale at which all can be seen that reaches so far, {x, y}, with names beside it or not. */
export function fitScale({ clientWidth, clientHeight }, half, named = true) {
  const side = clientWidth < NARROW || !named ? EDGE.narrow : EDGE.x;
  const [width, height] = [clientWidth - 2 * side, clientHeight - 2 * EDGE.y - EDGE.bar];
  return Math.max(0.05, Math.min(width / (2 * half.x), height / (2 * half.y)));
}
