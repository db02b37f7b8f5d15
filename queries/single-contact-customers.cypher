// Customers with exactly one employee who looks after them or is in touch: lose one, lose both.
//
// An employee counts once, by MANAGES or by any contact either way; those who left don't count.
//
// Ties that had ended, or not begun, on held_on don't count; it is today by default.
//
// param: held_on DATE = today
// returns: id STRING, name STRING, revenue DOUBLE, margin DOUBLE, employee STRING
// returns: employee_name STRING
// example: relgraph query run single-contact-customers
MATCH (e:Stakeholder {market: 'employee'})-[r:MANAGES|CONTACTED]-(c:Stakeholder {market: 'customer'})
WHERE e.id <> c.id AND coalesce(e.status, 'active') <> 'left'
  AND coalesce(c.status, 'active') <> 'left'
  AND coalesce(r.until, $held_on) >= $held_on AND coalesce(r.since, $held_on) <= $held_on
WITH c.id AS id, c.name AS name, c.revenue AS revenue, c.margin AS margin,
     count(DISTINCT e.id) AS employees, min(e.id) AS employee
WHERE employees = 1
MATCH (s:Stakeholder)
WHERE s.id = employee
RETURN id, name, revenue, margin, employee, s.name AS employee_name
ORDER BY coalesce(revenue, 0.0) DESC, id
