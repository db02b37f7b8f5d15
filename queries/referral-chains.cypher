// Chains of two referrals: who is referred at second hand, by whom, and through whom.
//
// The strength of a chain is the product of its two; a missing one counts as 1. Chains that
// return to their start, or that a direct referral makes needless, are left out.
//
// returns: first STRING, first_name STRING, through STRING, through_name STRING, last STRING
// returns: last_name STRING, strength DOUBLE
// example: relgraph query run referral-chains
MATCH (a:Stakeholder)-[r:REFERS]->(b:Stakeholder)
WHERE a.id <> b.id AND coalesce(a.status, 'active') <> 'left'
  AND coalesce(b.status, 'active') <> 'left'
MATCH (b)-[q:REFERS]->(c:Stakeholder)
WHERE c.id <> a.id AND c.id <> b.id AND coalesce(c.status, 'active') <> 'left'
  AND NOT EXISTS { MATCH (a)-[:REFERS]->(c) }
RETURN a.id AS first, a.name AS first_name, b.id AS through, b.name AS through_name,
       c.id AS last, c.name AS last_name,
       coalesce(r.strength, 1.0) * coalesce(q.strength, 1.0) AS strength
ORDER BY strength DESC, first, through, last
