// A story as the TOML that `relgraph map --story` reads.

const LONE = /\p{Cs}/gu;

/** Return steps, plain values by name each, as TOML. */
export function toToml(steps) {
  return steps
    .map((step) => {
      const lines = Object.entries(step).map(([name, value]) => `${name} = ${written(value)}`);
      return `[[step]]\n${lines.join("\n")}\n`;
    })
    .join("\n");
}

function written(value) {
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  if (typeof value === "object") {
    const known = Object.entries(value).filter(([, each]) => each !== null);
    return `{ ${known.map(([name, each]) => `${written(name)} = ${written(each)}`).join(", ")} }`;
  }
  if (typeof value !== "string") return String(value);
  // What JSON escapes TOML does, and DEL besides; half a character is none.
  return JSON.stringify(value.replace(LONE, "\ufffd")).replaceAll("\u007f", "\\u007f");
}
