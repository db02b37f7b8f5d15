// The ground of whatever is shown, map or plot.

import { groundScene, nameScene } from "./ground.mjs";
import { plotGround, plotNames } from "./plotground.mjs";

/** Return what lies below lines and marks. */
export function groundOf(sheet, look, scale) {
  return sheet.plot ? plotGround(sheet, look, scale) : groundScene(sheet, look, scale);
}

/** Return the names on it; on the map those of sectors stay within so many units of the centre. */
export function namesOf(drawn, halfWidth) {
  return drawn.sheet.plot ? plotNames(drawn) : nameScene(drawn, halfWidth);
}
