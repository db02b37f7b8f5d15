// Customers who bring a large share of revenue and have no employee responsible for them.
//
// A key account brings at least `share` of all customers' revenue.
//
// param: share DOUBLE = 0.01
// returns: id STRING, name STRING, revenue DOUBLE, share DOUBLE, margin DOUBLE, last_owner STRING
// example: relgraph query run unowned-key-accounts -p share 0.005
MATCH (a:Stakeholder {market: 'customer'})
WHERE coalesce(a.status, 'active') <> 'left'
WITH coalesce(sum(a.revenue), 0.0) AS total
MATCH (s:Stakeholder {market: 'customer'})
WHERE s.revenue > 0 AND s.revenue >= $share * total AND coalesce(s.status, 'active') <> 'left'
OPTIONAL MATCH (o:Stakeholder {market: 'employee'})
WHERE o.id = s.owner AND coalesce(o.status, 'active') <> 'left'
WITH s.id AS id, s.name AS name, s.revenue AS revenue, s.revenue / total AS share,
     s.margin AS margin, s.owner AS last_owner, count(o.id) AS owners
WHERE owners = 0
RETURN id, name, revenue, share, margin, last_owner
ORDER BY revenue DESC, id
