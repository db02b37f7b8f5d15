// Links to a view: made, copied, and followed; a fragment is data and never anything else.

import { byId } from "./dom.mjs";
import { openPath } from "./going.mjs";
import { showMessage } from "./message.mjs";
import { fromFragment, fromPlain, toFragment, toPlain } from "./views.mjs";

const isPlace = (at) => Array.isArray(at) && at.length === 3 && at.every(Number.isFinite);

/** Return the fragment of what a page shows: the groups that are open, the view, and the place. */
export function fragmentOf(page) {
  const { sheets, state, canvas } = page;
  const plain = toPlain(state.current, sheets.opening, sheets.shown);
  const group = sheets.above.map(({ sheet, node }) => sheet.nodes.key[node]);
  if (group.length) plain.group = group;
  if (canvas.camera.moved) {
    const { x, y } = canvas.network.getViewPosition();
    plain.at = [Math.round(x), Math.round(y), Number(canvas.scale().toPrecision(3))];
  }
  return toFragment(plain);
}

/** Put a link to what is shown into the address and the clipboard. */
async function copyLink(page) {
  const fragment = fragmentOf(page);
  window.history.replaceState(null, "", fragment);
  try {
    await navigator.clipboard.writeText(location.href.split("#")[0] + fragment);
    showMessage(page.say("link.copied"));
  } catch {
    showMessage(page.say("link.inAddress"));
  }
}

/** Show what a fragment asks for; what it says that means nothing here is left out, and told. */
async function follow(page, fragment) {
  const plain = fromFragment(fragment);
  if (plain === null) {
    if (fragment.length > 1 && !byId(fragment.slice(1))) showMessage(page.say("link.foreign"));
    return;
  }
  const { group = [], at, ...view } = plain;
  const wrong = [];
  await page.sheets.ready;
  if (!(await openPath(page, group))) wrong.push("group");
  const found = fromPlain(view, page.sheets.shown, page.reach);
  wrong.push(...found.wrong);
  page.state.change({ ...page.opening, ...found.patch });
  if (isPlace(at)) page.canvas.camera.show({ x: at[0], y: at[1] }, at[2]);
  else if (at !== undefined) wrong.push("at");
  if (wrong.length) showMessage(page.say("link.partly", { names: wrong.join(", ") }));
}

/** Wire the button, and follow the page's address now and whenever it changes. */
export function wireLinks(page) {
  byId("copy-link").addEventListener("click", () => copyLink(page));
  window.addEventListener("hashchange", () => follow(page, location.hash));
  if (location.hash) follow(page, location.hash);
}
