// A sheet: the payload's columns as arrays, with who is tied to whom.

/** Return the values of a column in whichever of its three forms it was written. */
export function readColumn(column, count) {
  if (Array.isArray(column)) return column;
  if ("all" in column) return new Array(count).fill(column.all);
  return column.at.map((place) => column.of[place]);
}

function readColumns(columns, count) {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, readColumn(column, count)]),
  );
}

/** Return the lines and ties of each stakeholder as lists of positions. */
function incidence(count, from, to) {
  const positions = Array.from({ length: count }, () => []);
  from.forEach((start, position) => {
    positions[start].push(position);
    if (to[position] !== start) positions[to[position]].push(position);
  });
  return positions;
}

/**
 * Return a sheet from its payload: columns as arrays, and who is tied by which line and tie.
 *
 * `measures` are what size and colour can show: measures of the network, and numeric figures.
 */
export function readSheet(payload) {
  const size = payload.size;
  const lineCount = payload.lines.count;
  const tieCount = payload.ties.count;
  const nodes = readColumns(payload.nodes, size);
  const lines = readColumns(payload.lines.columns, lineCount);
  const ties = readColumns(payload.ties.columns, tieCount);
  const figures = readColumns(payload.figures, size);
  const own = readColumns(payload.measures, size);
  return {
    ...payload,
    nodes,
    lines,
    ties,
    reasons: payload.ties.reasons, // why ties are at risk, in each language
    lineCount,
    planned: nodes.rank.filter((rank) => rank !== null).length,
    stakeholders: size - (payload.firm === null ? 0 : 1),
    allTies: ties.count.reduce((sum, count) => sum + count, 0),
    figures,
    measures: Object.fromEntries(payload.choices.map((name) => [name, own[name] ?? figures[name]])),
    sizes: readColumns(payload.sizes, size),
    linesOf: incidence(size, lines.from, lines.to),
    tiesOf: incidence(size, ties.from, ties.to),
    times: payload.times && { ...payload.times, seen: readColumn(payload.times.seen, size) },
    positionOf: new Map(nodes.key.map((key, position) => [key, position])),
    types: [...new Set(ties.type)].sort(),
  };
}

/** Return the other end of a line or tie. */
export function otherEnd(columns, position, node) {
  return columns.from[position] === node ? columns.to[position] : columns.from[position];
}

/** Return the neighbours of a stakeholder, itself left out. */
export function neighbours(sheet, node) {
  return new Set(sheet.linesOf[node].map((line) => otherEnd(sheet.lines, line, node)));
}

/** Return how many ties of a stakeholder are on the sheet, as they are counted everywhere. */
export function tiesOfNode(sheet, node) {
  return sheet.tiesOf[node].reduce((sum, tie) => sum + sheet.ties.count[tie], 0);
}

/** Return stakeholders ranked by a measure, largest first, the firm left out. */
export function rankedBy(sheet, measure) {
  const values = sheet.measures[measure];
  return [...values.keys()]
    .filter((node) => node !== sheet.firm && values[node] !== null)
    .sort((a, b) => values[b] - values[a] || a - b);
}
