// Going from sheet to sheet: into groups, to whoever was found, and back.

/** Open the group that a node stands for; focus on a stakeholder. */
export async function open(page, node) {
  if (node === null) return;
  if (!page.sheets.opens(node)) {
    page.focus({ node, hops: 1 });
    return;
  }
  await page.sheets.ready;
  changeSheet(page, () => page.sheets.open(node, page.state));
}

/** Leave all groups. */
function leave(page) {
  while (page.sheets.path.length) changeSheet(page, () => page.sheets.close(page.state));
}

/** Select a stakeholder that was found; the groups around it are opened first, if it is in any. */
export async function goTo(page, { node, path }) {
  if (path) {
    leave(page);
    for (const group of path) await open(page, group);
  }
  page.select(node);
}

/** Show the groups of a path, by the ids of their nodes; return whether all are there. */
export async function openPath(page, keys) {
  leave(page);
  for (const key of Array.isArray(keys) ? keys : [null]) {
    const node = page.sheets.shown.positionOf.get(key);
    if (node === undefined || !page.sheets.opens(node)) return false;
    await open(page, node);
  }
  return true;
}

/** Select whom a sentence names, in whichever group they are: it speaks of everyone. */
export async function pickNamed(page, key) {
  await page.sheets.ready;
  goTo(
    page,
    page.findable.find((each) => each.key === key),
  );
}

/** Show another sheet; `change` opens or closes a group. */
function changeSheet(page, change) {
  change();
  page.readSheet();
  page.showSheet();
}

/** Take back the last step, or leave a group in which none was taken. */
export function back(page) {
  page.play.stop();
  if (!page.state.back() && page.sheets.path.length) {
    changeSheet(page, () => page.sheets.close(page.state));
  }
}
