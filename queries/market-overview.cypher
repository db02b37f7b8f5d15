// How many stakeholders each market has, how many left, what they bring in, how satisfied they are.
//
// Money that no row gives is missing, not 0; those who left count only as lost.
//
// returns: market STRING, stakeholders INTEGER, lost INTEGER
// returns: revenue DOUBLE, margin DOUBLE, satisfaction DOUBLE
// example: relgraph query run market-overview
UNWIND ['customer', 'supplier', 'distributor', 'competitor', 'influencer', 'employee'] AS market
OPTIONAL MATCH (s:Stakeholder)
WHERE s.market = market
WITH market,
     CASE WHEN s.status = 'left' THEN 1 ELSE 0 END AS gone,
     s.id AS id,
     CASE WHEN coalesce(s.status, 'active') <> 'left' THEN s.revenue END AS revenue,
     CASE WHEN coalesce(s.status, 'active') <> 'left' THEN s.margin END AS margin,
     CASE WHEN coalesce(s.status, 'active') <> 'left' THEN s.satisfaction END AS satisfaction
WITH market,
     count(CASE WHEN gone = 0 THEN id END) AS stakeholders,
     count(CASE WHEN gone = 1 THEN id END) AS lost,
     CASE WHEN count(revenue) > 0 THEN coalesce(sum(revenue), 0.0) END AS revenue,
     CASE WHEN count(margin) > 0 THEN coalesce(sum(margin), 0.0) END AS margin,
     avg(satisfaction) AS satisfaction
RETURN market, stakeholders, lost, revenue, margin, satisfaction
ORDER BY stakeholders DESC, market
