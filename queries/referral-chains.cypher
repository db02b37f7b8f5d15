// Chains of two referrals: who is referred at second hand, by whom, and through whom.
//
// The strength of a chain is the product of its two; a missing one counts as missing_strength.
// Hostile referrals (sign -1), and chains that return to their start or that a direct referral makes
// needless, are left out.
//
// Ties that had ended, or not begun, on held_on don't count; it is today by default.
//
// param: missing_strength DOUBLE = 0.5
// param: held_on DATE = today
// returns: first STRING, first_name STRING, through STRING, through_name STRING, last STRING
// returns: last_name STRING, strength DOUBLE
// example: relgraph query run referral-chains
MATCH (a:Stakeholder)-[r:REFERS]->(b:Stakeholder)
WHERE a.id <> b.id AND coalesce(r.sign, 1) > 0
  AND coalesce(r.until, $held_on) >= $held_on AND coalesce(r.since, $held_on) <= $held_on
  AND coalesce(a.status, 'active') <> 'left' AND coalesce(b.status, 'active') <> 'left'
MATCH (b)-[q:REFERS]->(c:Stakeholder)
WHERE c.id <> a.id AND c.id <> b.id AND coalesce(q.sign, 1) > 0
  AND coalesce(q.until, $held_on) >= $held_on AND coalesce(q.since, $held_on) <= $held_on
  AND coalesce(c.status, 'active') <> 'left'
  AND NOT EXISTS { MATCH (a)-[d:REFERS]->(c) WHERE coalesce(d.sign, 1) > 0
                   AND coalesce(d.until, $held_on) >= $held_on AND coalesce(d.since, $held_on) <= $held_on }
RETURN a.id AS first, a.name AS first_name, b.id AS through, b.name AS through_name,
       c.id AS last, c.name AS last_name,
       coalesce(r.strength, $missing_strength) * coalesce(q.strength, $missing_strength) AS strength
ORDER BY strength DESC, first, through, last
