// Triangles of a customer, a distributor and a supplier who are all tied to each other.
//
// Rivalries, other hostile ties (sign -1) and contacts are not counted as ties. In a triangle, two
// can bypass the firm.
//
// Ties that had ended, or not begun, on held_on don't count; it is today by default.
//
// param: held_on DATE = today
// returns: customer STRING, customer_name STRING, distributor STRING, distributor_name STRING
// returns: supplier STRING, supplier_name STRING
// example: relgraph query run market-triangles
MATCH (c:Stakeholder {market: 'customer'})-[r]-(d:Stakeholder {market: 'distributor'})
WHERE c.id <> d.id AND coalesce(r.sign, 1) > 0
  AND type(r) <> 'COMPETES_WITH' AND type(r) <> 'CONTACTED'
  AND coalesce(r.until, $held_on) >= $held_on AND coalesce(r.since, $held_on) <= $held_on
WITH DISTINCT c, d
MATCH (d)-[q]-(s:Stakeholder {market: 'supplier'})
WHERE d.id <> s.id AND coalesce(q.sign, 1) > 0
  AND type(q) <> 'COMPETES_WITH' AND type(q) <> 'CONTACTED'
  AND coalesce(q.until, $held_on) >= $held_on AND coalesce(q.since, $held_on) <= $held_on
WITH DISTINCT c, d, s
MATCH (s)-[p]-(x:Stakeholder)
WHERE s.id <> x.id AND x.id = c.id AND coalesce(p.sign, 1) > 0
  AND type(p) <> 'COMPETES_WITH' AND type(p) <> 'CONTACTED'
  AND coalesce(p.until, $held_on) >= $held_on AND coalesce(p.since, $held_on) <= $held_on
WITH DISTINCT c.id AS customer, c.name AS customer_name, d.id AS distributor,
     d.name AS distributor_name, s.id AS supplier, s.name AS supplier_name
RETURN customer, customer_name, distributor, distributor_name, supplier, supplier_name
ORDER BY customer, distributor, supplier
