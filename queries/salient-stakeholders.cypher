// Stakeholders by salience: who has power over the firm, a legitimate claim, and urgency.
//
// The classes of Mitchell, Agle and Wood (1997, doi 10.5465/amr.1997.9711022105): with all three
// definitive; with two dominant, dangerous or dependent; with one dormant, discretionary or
// demanding. An attribute counts if it is at least the limit; a missing one doesn't.
//
// param: limit DOUBLE = 0.5
// returns: id STRING, name STRING, market STRING, salience INTEGER, class STRING, power DOUBLE
// returns: legitimacy DOUBLE, urgency DOUBLE
// example: relgraph query run salient-stakeholders -p limit 0.6
MATCH (s:Stakeholder)
WHERE coalesce(s.status, 'active') <> 'left'
WITH s.id AS id, s.name AS name, s.market AS market, s.power AS power,
     s.legitimacy AS legitimacy, s.urgency AS urgency,
     CASE WHEN s.power >= $limit THEN 1 ELSE 0 END AS p,
     CASE WHEN s.legitimacy >= $limit THEN 1 ELSE 0 END AS l,
     CASE WHEN s.urgency >= $limit THEN 1 ELSE 0 END AS u
WHERE p + l + u > 0
RETURN id, name, market, p + l + u AS salience,
       CASE WHEN p + l + u = 3 THEN 'definitive'
            WHEN p + l = 2 THEN 'dominant'
            WHEN p + u = 2 THEN 'dangerous'
            WHEN l + u = 2 THEN 'dependent'
            WHEN p = 1 THEN 'dormant'
            WHEN l = 1 THEN 'discretionary'
            ELSE 'demanding' END AS class,
       power, legitimacy, urgency
ORDER BY salience DESC, class, id
