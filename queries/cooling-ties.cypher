// Pairs who are in touch at most half as often as before: the last window of days against the one
// before.
//
// The windows end at the latest contact up to as_of, the end of today by default, so that a contact
// that is still to come changes nothing; contacts count both ways. Whoever has the status left is
// left out, at an earlier as_of too. The trend is (now - before) / before, from -1 (silent) up.
// `relgraph strength` weighs by market and decay, and honours the day on which somebody left.
//
// param: as_of DATETIME = today
// param: window DURATION = 90
// param: trend DOUBLE = -0.5
// returns: a STRING, a_name STRING, b STRING, b_name STRING, before INTEGER, now INTEGER
// returns: trend DOUBLE, last_contact DATETIME
// example: relgraph query run cooling-ties -p window 180
MATCH (x:Stakeholder)-[k:CONTACTED]->(y:Stakeholder)
WHERE k.at <= $as_of
WITH max(k.at) AS latest
MATCH (p:Stakeholder)-[c:CONTACTED]->(q:Stakeholder)
WHERE p.id <> q.id AND c.at <= $as_of AND coalesce(p.status, 'active') <> 'left'
  AND coalesce(q.status, 'active') <> 'left'
WITH latest, CASE WHEN p.id < q.id THEN p.id ELSE q.id END AS a,
     CASE WHEN p.id < q.id THEN p.name ELSE q.name END AS a_name,
     CASE WHEN p.id < q.id THEN q.id ELSE p.id END AS b,
     CASE WHEN p.id < q.id THEN q.name ELSE p.name END AS b_name, c.at AS at
WITH a, a_name, b, b_name, max(at) AS last_contact,
     count(CASE WHEN at > latest - $window THEN 1 END) AS now,
     count(CASE WHEN at <= latest - $window AND at > latest - $window - $window THEN 1 END) AS before
WHERE before > 0 AND 1.0 * (now - before) / before <= $trend
RETURN a, a_name, b, b_name, before, now, 1.0 * (now - before) / before AS trend, last_contact
ORDER BY trend, before DESC, a, b
