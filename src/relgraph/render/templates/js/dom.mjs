// Small helpers to build elements; text is only ever set as text.

/** Return the element with an id. */
export function byId(id) {
  return document.getElementById(id);
}

/** Return a new element with attributes and children (elements or text). */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined)
      made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** Return text of the data in an element of its own direction. */
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
