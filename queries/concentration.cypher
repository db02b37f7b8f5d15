// How much of each market's revenue depends on few stakeholders: largest share, Herfindahl index.
//
// The Herfindahl index is the sum of squared shares; its inverse is the number of equal stakeholders
// that would be as concentrated. Only positive revenue of stakeholders who have not left counts.
//
// returns: market STRING, stakeholders INTEGER, revenue DOUBLE, largest_share DOUBLE
// returns: herfindahl DOUBLE, equal_stakeholders DOUBLE
// example: relgraph query run concentration
MATCH (s:Stakeholder)
WHERE s.revenue > 0 AND coalesce(s.status, 'active') <> 'left'
WITH s.market AS market, count(*) AS stakeholders, max(s.revenue) AS largest,
     coalesce(sum(s.revenue), 0.0) AS revenue,
     coalesce(sum(s.revenue * s.revenue), 0.0) AS squares
RETURN market, stakeholders, revenue, largest / revenue AS largest_share,
       squares / (revenue * revenue) AS herfindahl,
       revenue * revenue / squares AS equal_stakeholders
ORDER BY herfindahl DESC, market
