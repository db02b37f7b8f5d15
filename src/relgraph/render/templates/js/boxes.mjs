// Boxes {left, right, top, bottom} around marks and texts.

/** Return the box around a place; a text that is turned has one that holds it whole. */
export function boxAround(x, y, halfWidth, halfHeight, turn = 0) {
  const [across, along] = [Math.abs(Math.cos(turn)), Math.abs(Math.sin(turn))];
  const [width, height] = [
    halfWidth * across + halfHeight * along,
    halfWidth * along + halfHeight * across,
  ];
  return { left: x - width, right: x + width, top: y - height, bottom: y + height };
}

/** Return whether two boxes overlap. */
export function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
