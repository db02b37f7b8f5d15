// Employees on whom customers depend entirely: how many, and their share of customers' revenue.
//
// A customer depends on an employee who is its only one by MANAGES or by contacts. A high
// share shows where the firm depends too much; `relgraph query run single-contact-customers` names
// the customers.
//
// Ties that had ended, or not begun, on held_on don't count; it is today by default.
//
// param: held_on DATE = today
// returns: id STRING, name STRING, sole_customers INTEGER, revenue DOUBLE, share DOUBLE
// example: relgraph query run employee-dependence
MATCH (a:Stakeholder {market: 'customer'})
WHERE coalesce(a.status, 'active') <> 'left'
WITH coalesce(sum(a.revenue), 0.0) AS total
MATCH (e:Stakeholder {market: 'employee'})-[r:MANAGES|CONTACTED]-(c:Stakeholder {market: 'customer'})
WHERE e.id <> c.id AND coalesce(e.status, 'active') <> 'left'
  AND coalesce(c.status, 'active') <> 'left'
  AND coalesce(r.until, $held_on) >= $held_on AND coalesce(r.since, $held_on) <= $held_on
WITH total, c.id AS customer, c.revenue AS value, count(DISTINCT e.id) AS employees,
     min(e.id) AS employee
WHERE employees = 1
WITH total, employee, count(*) AS sole_customers, CASE WHEN count(value) > 0 THEN coalesce(sum(value), 0.0) END AS revenue
MATCH (s:Stakeholder)
WHERE s.id = employee
RETURN employee AS id, s.name AS name, sole_customers, revenue,
       CASE WHEN total > 0 THEN revenue / total END AS share
ORDER BY coalesce(revenue, 0.0) DESC, sole_customers DESC, id
