// Texts as they are compared: without capitals and accents.

const MARKS = /\p{M}/gu;
// Letters that are no others with a mark.
const PLAIN_LETTERS = {
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ı: "i",
};
const ODD_LETTERS = new RegExp(`[${Object.keys(PLAIN_LETTERS).join("")}]`, "gu");

/** Return a text without capitals and accents. */
export function folded(text) {
  const bare = String(text).toLowerCase().normalize("NFKD").replace(MARKS, "");
  return bare.replace(ODD_LETTERS, (letter) => PLAIN_LETTERS[letter]);
}
