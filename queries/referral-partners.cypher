// Stakeholders who refer others to one stakeholder, or to whom that one refers others.
//
// Ties that had ended, or not begun, on held_on don't count; it is today by default.
//
// param: stakeholder_id STAKEHOLDER
// param: held_on DATE = today
// returns: id STRING, name STRING, market STRING, direction STRING, strength DOUBLE
// example: relgraph query run referral-partners -p stakeholder_id cus-01
MATCH (a:Stakeholder)-[r:REFERS]->(b:Stakeholder)
WHERE (a.id = $stakeholder_id OR b.id = $stakeholder_id) AND a.id <> b.id
  AND coalesce(r.until, $held_on) >= $held_on AND coalesce(r.since, $held_on) <= $held_on
RETURN CASE WHEN a.id = $stakeholder_id THEN b.id ELSE a.id END AS id,
       CASE WHEN a.id = $stakeholder_id THEN b.name ELSE a.name END AS name,
       CASE WHEN a.id = $stakeholder_id THEN b.market ELSE a.market END AS market,
       CASE WHEN a.id = $stakeholder_id THEN 'refers to' ELSE 'referred by' END AS direction,
       r.strength AS strength
ORDER BY id, direction
