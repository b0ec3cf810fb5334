import * as fc from "fast-check";
import postgres from "postgres";
import { expect, test } from "vitest";
import { testDatabase } from "#tests/support/postgres.ts";
import { patterns, values } from "../testing/arbitraryPattern.ts";
import { patternMatcher } from "./patternMatcher.ts";
import { patternProblem } from "./patternProblem.ts";

test("PostgreSQL reads every pattern that is taken as the matcher does", async () => {
  await using database = await testDatabase();
  const sql = postgres(database.url, { max: 1 });
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(patterns, values), { minLength: 50, maxLength: 200 }), async (cases) => {
        const taken = cases.filter(([pattern]) => patternProblem(pattern) === null);
        const rows = await sql<{ matches: boolean }[]>`
          select value ~ ('^(?:' || pattern || ')$') as matches
          from unnest(${taken.map(([pattern]) => pattern)}::text[], ${taken.map(([, value]) => value)}::text[])
            with ordinality as cases (pattern, value, number)
          order by number`;
        expect(rows.map(({ matches }, index) => [...(taken[index] ?? []), matches])).toEqual(
          taken.map(([pattern, value]) => [pattern, value, patternMatcher(pattern)(value)]),
        );
      }),
      { numRuns: 30, endOnFailure: true },
    );
  } finally {
    await sql.end();
  }
});
