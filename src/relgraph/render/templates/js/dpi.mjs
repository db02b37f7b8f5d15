// How fine a PNG is printed: a chunk pHYs after its head.

const HEAD = 33; // bytes of the signature and the chunk IHDR
const INCH = 0.0254; // metres

const TABLE = Uint32Array.from({ length: 256 }, (_, start) => {
  let value = start;
  for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  return value;
});

function checksum(bytes) {
  const folded = bytes.reduce((sum, byte) => TABLE[(sum ^ byte) & 255] ^ (sum >>> 8), -1);
  return (folded ^ -1) >>> 0;
}

/** Return a PNG that says how many of its pixels make an inch. */
export async function withDpi(png, dpi) {
  const bytes = new Uint8Array(await png.arrayBuffer());
  const chunk = new DataView(new ArrayBuffer(21));
  chunk.setUint32(0, 9);
  [..."pHYs"].forEach((letter, at) => {
    chunk.setUint8(4 + at, letter.codePointAt(0));
  });
  chunk.setUint32(8, Math.round(dpi / INCH));
  chunk.setUint32(12, Math.round(dpi / INCH));
  chunk.setUint8(16, 1); // pixels a metre
  chunk.setUint32(17, checksum(new Uint8Array(chunk.buffer, 4, 13)));
  return new Blob([bytes.slice(0, HEAD), chunk, bytes.slice(HEAD)], { type: "image/png" });
}
