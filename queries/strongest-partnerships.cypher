// The strongest relationships by given strength, with what binds them.
//
// Rivalries (sign -1) are left out; `relgraph strength` also ranks by components and contacts.
//
// Ties that had ended, or not begun, on held_on don't count; it is today by default.
//
// param: at_least DOUBLE = 0.7
// param: held_on DATE = today
// returns: source STRING, source_name STRING, type STRING, target STRING, target_name STRING
// returns: strength DOUBLE, bond INTEGER, level INTEGER, margin DOUBLE
// example: relgraph query run strongest-partnerships -p at_least 0.8
MATCH (a:Stakeholder)-[r]->(b:Stakeholder)
WHERE r.strength >= $at_least AND coalesce(r.sign, 1) > 0
  AND type(r) <> 'COMPETES_WITH' AND type(r) <> 'CONTACTED'
  AND coalesce(r.until, $held_on) >= $held_on AND coalesce(r.since, $held_on) <= $held_on
  AND coalesce(a.status, 'active') <> 'left' AND coalesce(b.status, 'active') <> 'left'
RETURN a.id AS source, a.name AS source_name, type(r) AS type, b.id AS target,
       b.name AS target_name, r.strength AS strength, r.bond AS bond, r.level AS level,
       r.margin AS margin
ORDER BY strength DESC, source, type, target
