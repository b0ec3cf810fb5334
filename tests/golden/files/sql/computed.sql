-- {"resource":"Company","fields":["label","isLarge","rank"]}
SELECT (SELECT coalesce(json_agg("r1".*), ('[]')::json) AS "json"
  FROM (SELECT ("t1"."name" || coalesce(((' in ')::text || "t1"."city"), ('')::text)) AS "label", ("t1"."size" = 'L') AS "isLarge", CASE WHEN ("t1"."size" = 'L') THEN ('1')::bigint ELSE (((SELECT count(*) AS "value"
  FROM public."deals" AS "t2"
  WHERE ("t2"."company_id" = "t1"."id")))::bigint + ('1')::bigint) END AS "rank"
  FROM public."companies" AS "t1"
  ORDER BY "t1"."id" LIMIT 10) AS "r1") AS "json";

-- {"resource":"Company","fields":["openValue"],"order":"openValue"}
SELECT (SELECT coalesce(json_agg("r2".*), ('[]')::json) AS "json"
  FROM (SELECT ((SELECT sum("r1"."value") AS "value"
  FROM (SELECT "t2"."amount" AS "value"
  FROM public."deals" AS "t2"
  WHERE (("t2"."company_id" = "t1"."id") AND ("t2"."stage" = 'lead'))) AS "r1"))::text AS "openValue"
  FROM public."companies" AS "t1"
  ORDER BY (SELECT sum("r1"."value") AS "value"
  FROM (SELECT "t2"."amount" AS "value"
  FROM public."deals" AS "t2"
  WHERE (("t2"."company_id" = "t1"."id") AND ("t2"."stage" = 'lead'))) AS "r1") DESC, "t1"."id" DESC LIMIT 10) AS "r2") AS "json";

-- {"resource":"Company","fields":["average","stages","groupValue","siblingCount"]}
SELECT (SELECT coalesce(json_agg("r1".*), ('[]')::json) AS "json"
  FROM (SELECT (round(((SELECT sum("r2"."value") AS "value"
  FROM (SELECT "t2"."amount" AS "value"
  FROM public."deals" AS "t2"
  WHERE ("t2"."company_id" = "t1"."id")) AS "r2") / nullif(((SELECT count(*) AS "value"
  FROM public."deals" AS "t3"
  WHERE ("t3"."company_id" = "t1"."id")))::numeric, 0)), 2))::text AS "average", (SELECT array_agg("r3"."value"
  ORDER BY "r3"."o1", "r3"."o2") FILTER (WHERE ("r3"."value" IS NOT NULL)) AS "value"
  FROM (SELECT "t4"."stage" AS "value", "t4"."created_at" AS "o1", "t4"."id" AS "o2"
  FROM public."deals" AS "t4"
  WHERE ("t4"."company_id" = "t1"."id")) AS "r3") AS "stages", ((SELECT sum("r5"."value") AS "value"
  FROM (SELECT (SELECT sum("r4"."value") AS "value"
  FROM (SELECT "t6"."amount" AS "value"
  FROM public."deals" AS "t6"
  WHERE ("t6"."company_id" = "t5"."id")) AS "r4") AS "value"
  FROM public."companies" AS "t5"
  WHERE ("t5"."parent_id" = "t1"."id")) AS "r5"))::text AS "groupValue", (SELECT count(*) AS "value"
  FROM public."companies" AS "t7", public."companies" AS "t8"
  WHERE ((("t7"."id" = "t1"."parent_id") AND ("t8"."parent_id" = "t7"."id")) AND (("t8"."size" = 'L') <> true))) AS "siblingCount"
  FROM public."companies" AS "t1"
  ORDER BY "t1"."id" LIMIT 10) AS "r1") AS "json";

-- {"resource":"Deal","fields":["companyLabel","share","bossName","isOld","outcome"]}
SELECT (SELECT coalesce(json_agg("r1".*), ('[]')::json) AS "json"
  FROM (SELECT ((CASE WHEN ("t2"."id" IS NOT NULL) THEN ("t2"."name" || coalesce(((' in ')::text || "t2"."city"), ('')::text)) ELSE null END || (': ')::text) || "t1"."title") AS "companyLabel", (round(("t1"."amount" / nullif(CASE WHEN ("t2"."id" IS NOT NULL) THEN (SELECT sum("r2"."value") AS "value"
  FROM (SELECT "t3"."amount" AS "value"
  FROM public."deals" AS "t3"
  WHERE ("t3"."company_id" = "t2"."id")) AS "r2") ELSE null END, 0)), 3))::text AS "share", "t5"."name" AS "bossName", ("t1"."created_at" < $1::timestamptz) AS "isOld", CASE CASE CASE WHEN ("t1"."stage" = 'won') THEN ('good')::text ELSE CASE WHEN ("t1"."stage" = 'lost') THEN ('bad')::text ELSE (null)::text END END WHEN 'good' THEN 'g' WHEN 'bad' THEN 'b' ELSE CASE WHEN ("t1"."stage" = 'won') THEN ('good')::text ELSE CASE WHEN ("t1"."stage" = 'lost') THEN ('bad')::text ELSE (null)::text END END END WHEN 'g' THEN 'good' WHEN 'b' THEN 'bad' ELSE CASE CASE WHEN ("t1"."stage" = 'won') THEN ('good')::text ELSE CASE WHEN ("t1"."stage" = 'lost') THEN ('bad')::text ELSE (null)::text END END WHEN 'good' THEN 'g' WHEN 'bad' THEN 'b' ELSE CASE WHEN ("t1"."stage" = 'won') THEN ('good')::text ELSE CASE WHEN ("t1"."stage" = 'lost') THEN ('bad')::text ELSE (null)::text END END END END AS "outcome"
  FROM public."deals" AS "t1"
  LEFT JOIN public."companies" AS "t2" ON ("t2"."id" = "t1"."company_id")
  LEFT JOIN public."people" AS "t4" ON ("t4"."person_no" = "t1"."owner_id")
  LEFT JOIN public."people" AS "t5" ON ("t5"."person_no" = "t4"."boss_id")
  ORDER BY "t1"."id" LIMIT 10) AS "r1") AS "json";

-- {"resource":"Deal","fields":["id"],"where":{"kind":"compare","path":["company","dealCount"],"operator":"gt","parameter":0}}
SELECT (SELECT coalesce(json_agg("r1".*), ('[]')::json) AS "json"
  FROM (SELECT "t1"."id" AS "id"
  FROM public."deals" AS "t1"
  LEFT JOIN public."companies" AS "t2" ON ("t2"."id" = "t1"."company_id")
  WHERE (CASE WHEN ("t2"."id" IS NOT NULL) THEN (SELECT count(*) AS "value"
  FROM public."deals" AS "t3"
  WHERE ("t3"."company_id" = "t2"."id")) ELSE null END > $1::bigint)
  ORDER BY "t1"."id" LIMIT 10) AS "r1") AS "json";
