// How well each supplier is covered: owner, employees in touch, what they supply and who could
// supply instead.
//
// Employees count by MANAGES or contacts either way; alternatives are other suppliers of the same
// sub_market. A supplier without employees, or without alternatives, is a risk.
//
// Ties that had ended, or not begun, on held_on don't count; it is today by default.
//
// param: held_on DATE = today
// returns: id STRING, name STRING, sub_market STRING, owner STRING, employees INTEGER
// returns: supplies INTEGER, alternatives INTEGER, satisfaction DOUBLE
// example: relgraph query run supplier-coverage
MATCH (s:Stakeholder {market: 'supplier'})
WHERE coalesce(s.status, 'active') <> 'left'
OPTIONAL MATCH (s)-[r:MANAGES|CONTACTED]-(e:Stakeholder)
WHERE e.id <> s.id AND e.market = 'employee' AND coalesce(e.status, 'active') <> 'left'
  AND coalesce(r.until, $held_on) >= $held_on AND coalesce(r.since, $held_on) <= $held_on
WITH s, count(DISTINCT e.id) AS employees
OPTIONAL MATCH (s)-[q:SUPPLIES]->(t:Stakeholder)
WHERE coalesce(q.until, $held_on) >= $held_on AND coalesce(q.since, $held_on) <= $held_on
WITH s, employees, count(DISTINCT t.id) AS supplies
OPTIONAL MATCH (o:Stakeholder {market: 'supplier'})
WHERE o.sub_market = s.sub_market AND o.id <> s.id AND coalesce(o.status, 'active') <> 'left'
WITH s.id AS id, s.name AS name, s.sub_market AS sub_market, s.owner AS owner, employees, supplies,
     count(o.id) AS alternatives, s.satisfaction AS satisfaction
RETURN id, name, sub_market, owner, employees, supplies, alternatives, satisfaction
ORDER BY employees, alternatives, id
