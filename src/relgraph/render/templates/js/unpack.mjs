// What the page carries packed: JSON, deflated, in base64.

import { byId } from "./dom.mjs";

/** Return the values of a packed element; none without it. */
export async function unpacked(id) {
  const packed = byId(id);
  if (!packed) return {};
  const bytes = Uint8Array.from(atob(packed.textContent.trim()), (letter) => letter.codePointAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}
