// Suppliers who also supply a competitor, by SUPPLIES or by the competitor's BUYS_FROM.
//
// Ties that had ended, or not begun, on held_on don't count; it is today by default.
//
// param: held_on DATE = today
// returns: supplier STRING, supplier_name STRING, competitor STRING, competitor_name STRING
// returns: supplies_firm BOOLEAN
// example: relgraph query run shared-suppliers
MATCH (s:Stakeholder {market: 'supplier'})-[r:SUPPLIES|BUYS_FROM]-(k:Stakeholder {market: 'competitor'})
WHERE s.id <> k.id
  AND coalesce(r.until, $held_on) >= $held_on AND coalesce(r.since, $held_on) <= $held_on
  AND (EXISTS { MATCH (s)-[t:SUPPLIES]->(k)
                WHERE coalesce(t.until, $held_on) >= $held_on AND coalesce(t.since, $held_on) <= $held_on }
       OR EXISTS { MATCH (k)-[t:BUYS_FROM]->(s)
                   WHERE coalesce(t.until, $held_on) >= $held_on
                     AND coalesce(t.since, $held_on) <= $held_on })
  AND coalesce(s.status, 'active') <> 'left' AND coalesce(k.status, 'active') <> 'left'
WITH DISTINCT s, k
RETURN s.id AS supplier, s.name AS supplier_name, k.id AS competitor, k.name AS competitor_name,
       EXISTS { MATCH (s)-[t:SUPPLIES]->(f:Stakeholder {market: 'firm'})
                WHERE coalesce(t.until, $held_on) >= $held_on
                  AND coalesce(t.since, $held_on) <= $held_on }
       AS supplies_firm
ORDER BY supplier, competitor
