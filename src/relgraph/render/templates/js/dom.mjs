// Elements and small drawings; text is only ever set as text, never as HTML.

/** Return the element with an id. */
export function byId(id) {
  return document.getElementById(id);
}

/** Return a new element; attributes that are null are left out, those named `on…` are listeners. */
export function element(tag, attributes = {}, ...children) {
  const created = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) created.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined) created.setAttribute(name, value);
  }
  created.append(...children);
  return created;
}

/** Return text of the data in an element of its own, which may run from right to left. */
export function dataText(text) {
  return element("bdi", {}, text);
}

const SVG = "http://www.w3.org/2000/svg";

/** Return a small drawing: things with SVG paths in a box of the given size. */
export function drawing(width, height, things) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("width", width);
  svg.setAttribute("height", height);
  svg.setAttribute("viewBox", `${-width / 2} ${-height / 2} ${width} ${height}`);
  svg.setAttribute("aria-hidden", "true");
  for (const { d, fill = "none", stroke = "none", width: line = 1, dash } of things) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    path.setAttribute("fill", fill);
    path.setAttribute("stroke", stroke);
    path.setAttribute("stroke-width", line);
    if (dash) path.setAttribute("stroke-dasharray", dash.join(" "));
    svg.append(path);
  }
  return svg;
}
