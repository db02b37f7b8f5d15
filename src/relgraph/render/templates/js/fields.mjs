// The fields of a sheet: what size, colour, rings, filters and axes can show, as the data has it.

import { figure } from "./format.mjs";

export const NUMBER = "number";
export const MOMENT = "moment"; // a day, or a day and a time
export const CATEGORY = "category"; // words that several share
export const TEXT = "text"; // words of each one's own

const DAY = 86_400_000; // milliseconds
const SHARES = ["p_leave"]; // chances, told in percent
const WORDED = ["kind", "status", "left_reason", "level", "class", "market"]; // words of relgraph
const ISO = /^\d{4}-\d{2}-\d{2}(?:$|[T ])/u;
const kinds = new WeakMap(); // by the values of a field
const days = new WeakMap();

/** Return the values of a field, as the sheet has them. */
export function valuesOf(sheet, name) {
  if (name === "market") return sheet.nodes.group;
  return sheet.measures[name] ?? sheet.figures[name];
}

/** Return whether a sheet has a field. */
export function hasField(sheet, name) {
  return name in sheet.measures || name in (sheet.figures ?? {});
}

/** Return what kind of field a name stands for. */
export function kindOf(sheet, name) {
  if (name in sheet.measures) return NUMBER;
  const values = valuesOf(sheet, name);
  if (!kinds.has(values)) kinds.set(values, kindOfValues(values));
  return kinds.get(values);
}

function kindOfValues(values) {
  const known = values.filter((value) => value !== null);
  if (known.length && known.every((value) => typeof value === "string" && ISO.test(value))) {
    return MOMENT;
  }
  if (known.some((value) => typeof value === "boolean")) return CATEGORY;
  return new Set(known).size < known.length ? CATEGORY : TEXT;
}

/** Return the fields of a sheet as {name, kind, ofData}, those of the data first. */
export function fieldsOf(sheet, wanted = [NUMBER, MOMENT, CATEGORY]) {
  const ofData = Object.keys(sheet.figures);
  const measures = sheet.choices.filter((name) => !(name in sheet.figures));
  return [...ofData, ...measures]
    .map((name) => ({ name, kind: kindOf(sheet, name), ofData: name in sheet.figures }))
    .filter(({ kind }) => wanted.includes(kind));
}

/** Return the values of a number or moment as numbers: days for moments; null for unknown. */
export function numbersOf(sheet, name) {
  const values = valuesOf(sheet, name);
  if (kindOf(sheet, name) !== MOMENT) return values;
  if (!days.has(values)) {
    const day = (value) => (value === null ? null : Math.floor(Date.parse(value) / DAY));
    days.set(values, values.map(day));
  }
  return days.get(values);
}

/** Return a number of a field as people read it: a moment's day, a chance in percent. */
export function tellNumber(sheet, name, number, language) {
  if (typeof number !== "number") return figure(number, language);
  if (SHARES.includes(name)) {
    return number.toLocaleString(language, { style: "percent", maximumFractionDigits: 1 });
  }
  return kindOf(sheet, name) === MOMENT ? isoDay(number) : figure(number, language);
}

/** Return the day of a number of days since 1970, as ISO 8601. */
export function isoDay(number) {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

/** Return a value of a field as people read it; of an owner the name. */
export function tellValue({ sheet, say, language }, name, value) {
  if (value === null) return say("unknown");
  if (typeof value === "boolean") return say(value ? "yes" : "no");
  const key = name === "market" ? `markets.${value}` : `${name}.${value}`;
  if (WORDED.includes(name) && say.knows(key)) return say(key);
  const person = name === "owner" ? sheet.positionOf.get(value) : undefined;
  if (person !== undefined) return sheet.nodes.label[person];
  return typeof value === "number" ? tellNumber(sheet, name, value, language) : String(value);
}
