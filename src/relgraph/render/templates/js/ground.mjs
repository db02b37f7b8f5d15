// The ground of the map: sectors and rings, and where their names stand.

import { boxAround, overlap } from "./boxes.mjs";
import { className } from "./classes.mjs";
import { HIDDEN } from "./filters.mjs";
import { round } from "./shapes.mjs";

const HUB = 115; // where a sector's ground begins
const GAP = 5; // half the space between two sectors
const RING_TEXT = 10; // pixels, as all sizes of text
const SECTOR_TEXT = 14;
const AWAY = 16; // pixels between the rim and a sector's name
const TURNS = 90; // places on either side of twelve o'clock where a ring's name may stand

/** Return the sectors and rings; `scale` is screen pixels per unit, here and below. */
export function groundScene(sheet, look, scale) {
  const things = sheet.sectors.filter(hasRoom).map((sector) => ({
    d: wedge(sector, look.rim),
    fill: look.marketColour(sector.market),
    opacity: look.theme === "dark" ? 0.13 : 0.075,
  }));
  for (const ring of sheet.rings.filter(({ empty, radius }) => !empty && radius < look.radius)) {
    things.push({
      d: circle(ring.radius),
      stroke: look.muted,
      width: 1 / scale,
      dash: [2 / scale, 5 / scale],
      opacity: 0.7,
    });
  }
  return things;
}

/** Return whether a sector has any: that of a hidden market has none. */
const hasRoom = ({ start, end }) => end - start > 1e-6;

function wedge({ start, end }, rim) {
  const inner = Math.asin(GAP / HUB);
  const outer = Math.asin(GAP / rim);
  const at = (radius, angle) =>
    `${round(radius * Math.sin(angle))} ${round(-radius * Math.cos(angle))}`;
  const large = end - start > Math.PI ? 1 : 0;
  return (
    `M${at(HUB, start + inner)}L${at(rim, start + outer)}A${rim} ${rim} 0 ${large} 1 ${at(rim, end - outer)}` +
    `L${at(HUB, end - inner)}A${HUB} ${HUB} 0 ${large} 0 ${at(HUB, start + inner)}Z`
  );
}

const circle = (radius) =>
  `M${-radius} 0A${radius} ${radius} 0 1 1 ${radius} 0A${radius} ${radius} 0 1 1 ${-radius} 0Z`;

/**
 * Return the names of rings and sectors.
 *
 * `drawn` is {sheet, view, state, look, scale, say, widthOf}; the names of sectors stay within
 * `halfWidth` units of the centre.
 */
export function nameScene(drawn, halfWidth) {
  return [...ringNames(drawn), ...sectorNames(drawn, halfWidth)];
}

/** Return each ring's name, which follows the middle of its band where it hides nobody. */
function ringNames({ sheet, view, state, look, scale, say, language, widthOf }) {
  if (sheet.rings.length < 2) return [];
  const taken = [];
  view.nodes.forEach((emphasis, node) => {
    if (emphasis === HIDDEN) return;
    const [x, y] = [sheet.nodes.x[node], sheet.nodes.y[node]];
    taken.push({ x, y, radius: look.size(sheet, node, state.measure) });
  });
  return sheet.rings.flatMap((ring, place) => {
    if (ring.empty) return [];
    const inner = place ? sheet.rings[place - 1].radius : HUB;
    const radius = (inner + ring.radius) / 2;
    const text = ringName({ sheet, say, language }, ring);
    const half = [widthOf(text, 400, RING_TEXT) / 2 / scale, RING_TEXT / 2 / scale];
    const angle = freeAngle(radius, half, taken);
    const turn = Math.cos(angle) < 0 ? angle + Math.PI : angle; // never upside down
    const size = RING_TEXT / scale;
    const middle = [radius * Math.sin(angle), -radius * Math.cos(angle)];
    const baseline = [-size * 0.36 * Math.sin(turn), size * 0.36 * Math.cos(turn)];
    const at = { x: middle[0] + baseline[0], y: middle[1] + baseline[1], turn };
    return [textThing(text, at, size, 400, look.muted, look.ground)];
  });
}

/** Return what a ring is called. */
export function ringName(context, ring) {
  if (ring.kind === "class") return className(context, ring.field, ring.entry);
  const { say } = context;
  const word = ring.kind === "level" ? say(`level.${ring.value}`) : "";
  return say(`ring.${ring.kind}`, { value: ring.value, word });
}

/** Return the angle near twelve o'clock where a text of that half width and height hides fewest. */
function freeAngle(radius, [halfWidth, halfHeight], taken) {
  const near = taken.filter(({ x, y, radius: size }) => {
    return Math.abs(Math.hypot(x, y) - radius) < halfHeight + size;
  });
  let [best, fewest] = [0, Infinity];
  for (let turn = 0; turn <= 2 * TURNS && fewest > 0; turn += 1) {
    const angle = ((turn % 2 ? 1 : -1) * Math.ceil(turn / 2) * Math.PI) / TURNS;
    const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
    const hidden = near.filter(({ x, y, radius: size }) => {
      const [along, out] = [x * cosine + y * sine, x * sine - y * cosine];
      return Math.abs(along) < halfWidth + size && out > 0;
    }).length;
    if (hidden < fewest) [best, fewest] = [angle, hidden];
  }
  return best;
}

function sectorNames({ sheet, look, scale, say, widthOf }, halfWidth) {
  const size = SECTOR_TEXT / scale;
  const taken = [];
  return sheet.sectors.filter(hasRoom).map((sector) => {
    const text = say(`markets.${sector.market}`);
    const half = [widthOf(text, 700, SECTOR_TEXT) / 2 / scale, size / 2];
    const [x, y] = beyondRim(sector, look.rim, AWAY / scale, half, halfWidth, taken);
    taken.push(boxAround(x, y, ...half));
    const fill = look.textColour(sector.market);
    return textThing(text, { x, y: y + size * 0.36 }, size, 700, fill, look.ground);
  });
}

/** Return where a sector's name lies: outside the rim, within the width that there is. */
function beyondRim({ start, end }, rim, away, [halfText, halfHeight], halfWidth, taken) {
  const angle = (start + end) / 2;
  const [across, up] = [Math.sin(angle), Math.cos(angle)];
  const side = Math.abs(across) > 0.25 ? Math.sign(across) * halfText : 0;
  const most = Math.max(0, halfWidth - halfText);
  const x = Math.max(-most, Math.min(most, (rim + away) * across + side));
  const nearest = Math.max(0, Math.abs(x) - halfText);
  const clear = Math.sqrt(Math.max(0, rim ** 2 - nearest ** 2)) + halfHeight;
  const turned = up >= 0 ? -1 : 1;
  const away0 = Math.abs((rim + away) * up);
  let y = turned * (nearest < rim ? Math.max(away0, clear) : away0);
  const hits = () => {
    const box = boxAround(x, y, halfText, halfHeight);
    return taken.some((other) => overlap(box, other));
  };
  while (hits()) y += turned * halfHeight;
  return [x, y];
}

function textThing(text, at, size, weight, fill, halo) {
  return { text, ...at, size, weight, fill, halo, anchor: "middle" };
}
