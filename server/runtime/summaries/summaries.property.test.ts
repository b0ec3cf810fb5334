import fc from "fast-check";
import { expect, test } from "vitest";
import { Random } from "#server/runtime/policies/testing/Random.ts";
import { restClient } from "#server/runtime/rest/testing/restClient.ts";
import { servedApp } from "#tests/support/servedApp.ts";
import { expectedSummary } from "./testing/expectedSummary.ts";
import { ledgerFields, ledgerModel, randomEntry } from "./testing/ledgerModel.ts";
import {
  type AskedField,
  fromGraphql,
  fromRest,
  graphqlQuery,
  randomQuestion,
  restQuery,
} from "./testing/SummaryQuestion.ts";

/** Summaries are what one gets by reading all records and working them out, to the last digit, in both protocols. */

type Row = Readonly<Record<string, unknown>>;

function shown(row: Row, { path }: AskedField): unknown {
  return path.split(".").reduce<unknown>((at, name) => (at as Row | null)?.[name] ?? null, row);
}

test("REST and GraphQL come to what all records come to", { timeout: 240_000 }, async () => {
  await using app = await servedApp(ledgerModel);
  const rest = restClient(app);
  let groups = 0;
  await fc.assert(
    fc.asyncProperty(fc.noShrink(fc.integer()), async (seed) => {
      const random = new Random(seed);
      await app.sql`truncate entries, accounts`;
      const accounts: string[] = [];
      for (const name of ["x", "y", null]) {
        const rating = random.chance(0.7) ? random.below(5) : null;
        const parentId = accounts[0] ?? null;
        accounts.push((await rest.send("POST", "/accounts", { name, rating, parentId })).body.id);
      }
      const entries = random.times(random.below(30), () => randomEntry(random, accounts));
      if (entries.length > 0) expect((await rest.send("POST", "/entries", entries)).status).toBe(201);
      const listed = await rest.get("/entries?page[size]=1000&fields=*,twice&include=account.parent");
      const rows: readonly Row[] = listed.body.data;
      for (let number = 0; number < 60; number += 1) {
        const question = randomQuestion(random, ledgerFields);
        const told = `${restQuery(question)} ${graphqlQuery(question, "entries")}`;
        const expected = expectedSummary(rows, question, shown);
        const { count, result } = await app.statements.during(() =>
          rest.get(`/entries:summary?${restQuery(question)}`),
        );
        expect(result.status, `${told} ${result.text}`).toBe(200);
        expect(count, told).toBe(1);
        expect(fromRest(result.body, question), told).toEqual(expected);
        const response = await app.fetch("/graphql", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ query: graphqlQuery(question, "entries") }),
        });
        const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
        expect(errors, told).toBeUndefined();
        expect(fromGraphql(data, question), told).toEqual(expected);
        groups += expected.groups.length;
      }
    }),
    { numRuns: 8, endOnFailure: true },
  );
  expect(groups).toBeGreaterThan(200);
});
