// Files that the page hands to the reader.

/** Hand a file to the reader. */
export function download(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Return a text as a file of a type. */
export function textFile(text, type) {
  return new Blob([text], { type: `${type};charset=utf-8` });
}
