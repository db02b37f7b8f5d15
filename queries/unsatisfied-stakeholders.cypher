// Stakeholders whose satisfaction is below a limit, most margin at stake first.
//
// param: below DOUBLE = 0.5
// returns: id STRING, name STRING, market STRING, satisfaction DOUBLE, revenue DOUBLE
// returns: margin DOUBLE, owner STRING
// example: relgraph query run unsatisfied-stakeholders -p below 0.6
MATCH (s:Stakeholder)
WHERE s.satisfaction < $below AND coalesce(s.status, 'active') <> 'left'
RETURN s.id AS id, s.name AS name, s.market AS market, s.satisfaction AS satisfaction,
       s.revenue AS revenue, s.margin AS margin, s.owner AS owner
ORDER BY coalesce(s.margin, 0.0) DESC, satisfaction, id
