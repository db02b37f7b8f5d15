// Earlier moments: who was there, which ties held, how warm they were, and what changed between two.

const CHANGED = 0.1 - 1e-9; // of warmth, from which a tie counts as warmer or cooler

const known = new WeakMap(); // the warmth of each sheet's lines

/** Return whether a sheet knows of earlier moments. */
export function knowsTimes({ times }) {
  return Boolean(times && times.moments.length > 1);
}

/** Return the warmth of each line at each moment; a line without contacts has none. */
function warmthOf({ times }) {
  if (!known.has(times)) {
    known.set(times, new Map(times.lines.map((line, place) => [line, times.warmth[place]])));
  }
  return known.get(times);
}

/** Return whether a stakeholder was there on a day; of whom no day is known always was. */
function wasThere(times, node, day) {
  return times.seen[node] === null || times.seen[node] <= day;
}

/** Return the first day of each line, or null where that of any of its ties isn't known. */
function begunOf({ ties, lineCount }) {
  const days = Array.from({ length: lineCount }, () => []);
  for (const [tie, line] of ties.line.entries()) days[line].push(ties.since?.[tie] ?? null);
  return days.map((own) => (own.includes(null) ? null : own.sort()[0]));
}

/** Return who and what a moment leaves: {there(node), holds(tie)}. */
export function atMoment(sheet, moment) {
  const { times, ties } = sheet;
  const day = times.moments[moment];
  return {
    there: (node) => node === sheet.firm || wasThere(times, node, day),
    holds: (tie) => {
      const since = ties.since?.[tie] ?? null;
      return since === null || since <= day;
    },
  };
}

/**
 * Return what changed from one moment to a later one: {joined, left, begun, warmed, cooled}.
 *
 * `joined` are nodes, `left` rows of who isn't drawn any more, the others lines.
 */
export function changesBetween(sheet, from, to) {
  const { times, firm } = sheet;
  const [start, end] = [times.moments[from], times.moments[to]];
  const within = (day) => day !== null && day !== undefined && start < day && day <= end;
  const joined = [...times.seen.keys()].filter((node) => node !== firm && within(times.seen[node]));
  const first = begunOf(sheet);
  const begun = [...first.keys()].filter((line) => within(first[line]));
  const changes = [...warmthOf(sheet)].map(([line, warmth]) => [line, warmth[to] - warmth[from]]);
  const most = (a, b) => Math.abs(b[1]) - Math.abs(a[1]) || a[0] - b[0];
  const lines = (chosen) =>
    changes
      .filter(chosen)
      .sort(most)
      .map(([line]) => line);
  return {
    joined,
    left: times.left.filter(([, , day]) => within(day)),
    begun,
    warmed: lines(([, change]) => change >= CHANGED),
    cooled: lines(([, change]) => change <= -CHANGED),
  };
}
