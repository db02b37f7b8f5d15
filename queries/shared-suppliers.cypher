// Suppliers who also supply a competitor, by SUPPLIES or by the competitor's BUYS_FROM.
//
// returns: supplier STRING, supplier_name STRING, competitor STRING, competitor_name STRING
// returns: supplies_firm BOOLEAN
// example: relgraph query run shared-suppliers
MATCH (s:Stakeholder {market: 'supplier'})-[:SUPPLIES|BUYS_FROM]-(k:Stakeholder {market: 'competitor'})
WHERE s.id <> k.id
  AND (EXISTS { MATCH (s)-[:SUPPLIES]->(k) } OR EXISTS { MATCH (k)-[:BUYS_FROM]->(s) })
  AND coalesce(s.status, 'active') <> 'left' AND coalesce(k.status, 'active') <> 'left'
WITH DISTINCT s, k
RETURN s.id AS supplier, s.name AS supplier_name, k.id AS competitor, k.name AS competitor_name,
       EXISTS { MATCH (s)-[:SUPPLIES]->(f:Stakeholder {market: 'firm'}) } AS supplies_firm
ORDER BY supplier, competitor
