// What each employee is responsible for: stakeholders, customers among them, revenue and contacts.
//
// Stakeholders who left don't count; an owner who left is listed with what must be handed over.
//
// returns: id STRING, name STRING, status STRING, stakeholders INTEGER, customers INTEGER
// returns: revenue DOUBLE, margin DOUBLE, contacts INTEGER
// example: relgraph query run owner-load
MATCH (s:Stakeholder)
WHERE s.owner IS NOT NULL AND coalesce(s.status, 'active') <> 'left'
WITH s.owner AS owner, count(*) AS stakeholders,
     count(CASE WHEN s.market = 'customer' THEN 1 END) AS customers,
     CASE WHEN count(s.revenue) > 0 THEN coalesce(sum(s.revenue), 0.0) END AS revenue,
     CASE WHEN count(s.margin) > 0 THEN coalesce(sum(s.margin), 0.0) END AS margin
MATCH (e:Stakeholder)
WHERE e.id = owner
RETURN owner AS id, e.name AS name, coalesce(e.status, 'active') AS status, stakeholders,
       customers, revenue, margin,
       COUNT { MATCH (e)-[c:CONTACTED]-(b:Stakeholder) WHERE b.id <> e.id } AS contacts
ORDER BY stakeholders DESC, id
