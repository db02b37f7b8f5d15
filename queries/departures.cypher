// Who left, when and why, with the margin that went with them.
//
// returns: id STRING, name STRING, market STRING, left_on DATE, left_reason STRING, revenue DOUBLE
// returns: margin DOUBLE, owner STRING
// example: relgraph query run departures
MATCH (s:Stakeholder)
WHERE s.status = 'left'
RETURN s.id AS id, s.name AS name, s.market AS market, s.left_on AS left_on,
       s.left_reason AS left_reason, s.revenue AS revenue, s.margin AS margin, s.owner AS owner
ORDER BY coalesce(s.margin, 0.0) DESC, id
