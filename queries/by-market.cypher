// The stakeholders of one market, highest revenue first.
//
// param: market MARKET
// returns: id STRING, name STRING, sub_market STRING, kind STRING, owner STRING, revenue DOUBLE
// returns: margin DOUBLE, satisfaction DOUBLE, status STRING
// example: relgraph query run by-market -p market supplier
MATCH (s:Stakeholder)
WHERE s.market = $market
RETURN s.id AS id, s.name AS name, s.sub_market AS sub_market, s.kind AS kind, s.owner AS owner,
       s.revenue AS revenue, s.margin AS margin, s.satisfaction AS satisfaction,
       coalesce(s.status, 'active') AS status
ORDER BY coalesce(s.revenue, 0.0) DESC, id
