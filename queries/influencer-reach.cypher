// Influencers by the customers they reach in one step, and what those customers bring in.
//
// A step is INFLUENCES or REFERS towards the customer, or KNOWS or PARTNERS_WITH either way; a
// hostile tie (sign -1) is none.
//
// Ties that had ended, or not begun, on held_on don't count; it is today by default.
//
// param: held_on DATE = today
// returns: id STRING, name STRING, customers INTEGER, revenue DOUBLE
// example: relgraph query run influencer-reach
MATCH (i:Stakeholder {market: 'influencer'})
WHERE coalesce(i.status, 'active') <> 'left'
OPTIONAL MATCH (i)-[r:INFLUENCES|REFERS|KNOWS|PARTNERS_WITH]-(c:Stakeholder {market: 'customer'})
WHERE i.id <> c.id AND coalesce(r.sign, 1) > 0 AND coalesce(c.status, 'active') <> 'left'
  AND coalesce(r.until, $held_on) >= $held_on AND coalesce(r.since, $held_on) <= $held_on
  AND (type(r) = 'KNOWS' OR type(r) = 'PARTNERS_WITH'
       OR EXISTS { MATCH (i)-[t:INFLUENCES|REFERS]->(c) WHERE coalesce(t.sign, 1) > 0
                   AND coalesce(t.until, $held_on) >= $held_on AND coalesce(t.since, $held_on) <= $held_on })
WITH DISTINCT i.id AS id, i.name AS name, c.id AS customer, c.revenue AS value
RETURN id, name, count(customer) AS customers, CASE WHEN count(value) > 0 THEN coalesce(sum(value), 0.0) END AS revenue
ORDER BY customers DESC, coalesce(revenue, 0.0) DESC, id
