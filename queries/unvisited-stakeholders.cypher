// Stakeholders outside the firm with whom no employee has been in touch for a number of days.
//
// Days count back from the latest contact up to as_of, the end of today by default, so that a
// contact that is still to come changes nothing; those never contacted come first. Whoever has the
// status left is left out, at an earlier as_of too.
//
// param: as_of DATETIME = today
// param: days DURATION = 180
// returns: id STRING, name STRING, market STRING, owner STRING, revenue DOUBLE
// returns: last_contact DATETIME
// example: relgraph query run unvisited-stakeholders -p days 365
MATCH (x:Stakeholder)-[k:CONTACTED]->(y:Stakeholder)
WHERE k.at <= $as_of
WITH max(k.at) AS latest
MATCH (s:Stakeholder)
WHERE s.market <> 'firm' AND s.market <> 'employee' AND coalesce(s.status, 'active') <> 'left'
OPTIONAL MATCH (s)-[c:CONTACTED]-(e:Stakeholder)
WHERE e.id <> s.id AND e.market = 'employee' AND c.at <= $as_of
WITH latest, s.id AS id, s.name AS name, s.market AS market, s.owner AS owner,
     s.revenue AS revenue, max(c.at) AS last_contact
WHERE last_contact IS NULL OR last_contact <= latest - $days
RETURN id, name, market, owner, revenue, last_contact
ORDER BY CASE WHEN last_contact IS NULL THEN 0 ELSE 1 END, last_contact, id
