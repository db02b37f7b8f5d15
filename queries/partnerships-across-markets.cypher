// Which markets are tied to which, and how strongly: relationships, mean strength and margin.
//
// Relationships run from the first market to the second; contacts and rivalries are left out.
//
// Ties that had ended, or not begun, on held_on don't count; it is today by default.
//
// param: held_on DATE = today
// returns: source_market STRING, target_market STRING, relationships INTEGER, pairs INTEGER
// returns: strength DOUBLE, margin DOUBLE
// example: relgraph query run partnerships-across-markets
MATCH (a:Stakeholder)-[r]->(b:Stakeholder)
WHERE a.market <> b.market AND coalesce(r.sign, 1) > 0
  AND type(r) <> 'COMPETES_WITH' AND type(r) <> 'CONTACTED'
  AND coalesce(r.until, $held_on) >= $held_on AND coalesce(r.since, $held_on) <= $held_on
  AND coalesce(a.status, 'active') <> 'left' AND coalesce(b.status, 'active') <> 'left'
WITH a.market AS source_market, b.market AS target_market, a.id AS source, b.id AS target,
     count(*) AS ties, coalesce(sum(r.strength), 0.0) AS strengths, count(r.strength) AS known,
     CASE WHEN count(r.margin) > 0 THEN coalesce(sum(r.margin), 0.0) END AS margins
WITH source_market, target_market, coalesce(sum(ties), 0) AS relationships, count(*) AS pairs,
     coalesce(sum(strengths), 0.0) AS strengths, coalesce(sum(known), 0) AS known,
     CASE WHEN count(margins) > 0 THEN coalesce(sum(margins), 0.0) END AS margin
RETURN source_market, target_market, relationships, pairs,
       CASE WHEN known > 0 THEN strengths / known END AS strength, margin
ORDER BY relationships DESC, source_market, target_market
