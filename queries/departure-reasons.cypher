// Why stakeholders of each market left: how many, and the revenue and margin lost with them.
//
// returns: market STRING, left_reason STRING, stakeholders INTEGER, revenue DOUBLE, margin DOUBLE
// returns: first_left DATE, last_left DATE
// example: relgraph query run departure-reasons
MATCH (s:Stakeholder)
WHERE s.status = 'left'
WITH s.market AS market, s.left_reason AS left_reason, count(*) AS stakeholders,
     CASE WHEN count(s.revenue) > 0 THEN coalesce(sum(s.revenue), 0.0) END AS revenue,
     CASE WHEN count(s.margin) > 0 THEN coalesce(sum(s.margin), 0.0) END AS margin,
     min(s.left_on) AS first_left, max(s.left_on) AS last_left
RETURN market, left_reason, stakeholders, revenue, margin, first_left, last_left
ORDER BY coalesce(margin, 0.0) DESC, stakeholders DESC, market, left_reason
