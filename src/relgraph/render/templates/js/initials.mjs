// Initials of Chinese in pinyin, by the browser's own order of characters: no table of readings.

// For each initial the first character that the order by pinyin has under it.
const FIRST = [..."阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥扨它穵夕丫帀"];
const LETTERS = "abcdefghjklmnopqrstwxyz";
const HAN = /\p{Script=Han}/u;
const known = new Map();
let collator = null;

/** Return a text with each Chinese character as its initial, or null if it has none. */
export function initials(text) {
  if (!HAN.test(text)) return null;
  collator ??= new Intl.Collator("zh-u-co-pinyin");
  if (collator.resolvedOptions().collation !== "pinyin" && !sortsByPinyin()) return null;
  return [...text]
    .map((character) => (HAN.test(character) ? initial(character) : character))
    .join("");
}

function sortsByPinyin() {
  return FIRST.every((first, place) => !place || collator.compare(FIRST[place - 1], first) < 0);
}

function initial(character) {
  if (!known.has(character)) {
    const place = FIRST.findLastIndex((first) => collator.compare(first, character) <= 0);
    known.set(character, LETTERS[place] ?? "");
  }
  return known.get(character);
}
