// How wide text is, in pixels.

/** Return a function that measures text and remembers what it measured: `widthOf(text, weight, size)`. */
export function textMeter(family) {
  const context = document.createElement("canvas").getContext("2d");
  const widths = new Map();
  return (text, weight, size) => {
    const font = `${weight} ${Math.round(size)}px ${family}`;
    const key = `${font} ${text}`;
    if (!widths.has(key)) {
      context.font = font;
      widths.set(key, context.measureText(text).width);
    }
    return widths.get(key);
  };
}
