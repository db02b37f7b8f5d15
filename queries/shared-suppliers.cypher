// Suppliers who also supply a competitor, by SUPPLIES or by the competitor's BUYS_FROM.
//
// returns: supplier STRING, supplier_name STRING, competitor STRING, competitor_name STRING
// returns: supplies_firm BOOLEAN
// example: relgraph query run shared-suppliers
MATCH (a:Stakeholder)-[r:SUPPLIES|BUYS_FROM]->(b:Stakeholder)
WHERE (type(r) = 'SUPPLIES' AND a.market = 'supplier' AND b.market = 'competitor')
   OR (type(r) = 'BUYS_FROM' AND a.market = 'competitor' AND b.market = 'supplier')
WITH DISTINCT CASE WHEN a.market = 'supplier' THEN a.id ELSE b.id END AS supplier,
     CASE WHEN a.market = 'supplier' THEN b.id ELSE a.id END AS competitor
MATCH (s:Stakeholder)
WHERE s.id = supplier AND coalesce(s.status, 'active') <> 'left'
MATCH (k:Stakeholder)
WHERE k.id = competitor AND coalesce(k.status, 'active') <> 'left'
RETURN supplier, s.name AS supplier_name, competitor, k.name AS competitor_name,
       EXISTS { MATCH (s)-[:SUPPLIES]->(f:Stakeholder {market: 'firm'}) } AS supplies_firm
ORDER BY supplier, competitor
