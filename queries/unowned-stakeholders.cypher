// Stakeholders outside the firm without a responsible employee, or with one who has left.
//
// returns: id STRING, name STRING, market STRING, revenue DOUBLE, margin DOUBLE, last_owner STRING
// example: relgraph query run unowned-stakeholders
MATCH (s:Stakeholder)
WHERE s.market <> 'firm' AND s.market <> 'employee' AND coalesce(s.status, 'active') <> 'left'
OPTIONAL MATCH (o:Stakeholder {market: 'employee'})
WHERE o.id = s.owner AND coalesce(o.status, 'active') <> 'left'
WITH s.id AS id, s.name AS name, s.market AS market, s.revenue AS revenue, s.margin AS margin,
     s.owner AS last_owner, count(o.id) AS owners
WHERE owners = 0
RETURN id, name, market, revenue, margin, last_owner
ORDER BY coalesce(revenue, 0.0) DESC, id
