// How relationships are bound at each level, from basic (1) to partnership (5), and what they earn.
//
// Relationships without a level share a row of their own; contacts are not counted.
//
// Ties that had ended, or not begun, on held_on don't count; it is today by default.
//
// param: held_on DATE = today
// returns: level INTEGER, level_name STRING, relationships INTEGER, financial INTEGER
// returns: social INTEGER, structural INTEGER, no_bond INTEGER, margin DOUBLE
// example: relgraph query run bonds-by-level
MATCH (a:Stakeholder)-[r]->(b:Stakeholder)
WHERE type(r) <> 'CONTACTED'
  AND coalesce(r.until, $held_on) >= $held_on AND coalesce(r.since, $held_on) <= $held_on
WITH r.level AS level, count(*) AS relationships,
     count(CASE WHEN r.bond = 1 THEN 1 END) AS financial,
     count(CASE WHEN r.bond = 2 THEN 1 END) AS social,
     count(CASE WHEN r.bond = 3 THEN 1 END) AS structural,
     count(CASE WHEN r.bond IS NULL THEN 1 END) AS no_bond,
     CASE WHEN count(r.margin) > 0 THEN coalesce(sum(r.margin), 0.0) END AS margin
RETURN level,
       CASE level WHEN 1 THEN 'basic' WHEN 2 THEN 'reactive' WHEN 3 THEN 'accountable'
                  WHEN 4 THEN 'proactive' WHEN 5 THEN 'partnership' END AS level_name,
       relationships, financial, social, structural, no_bond, margin
ORDER BY level
