import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import { ledgerModel } from "./testing/ledgerModel.ts";

/** Whatever a caller writes, they are told what is wrong with it; nothing of it is our fault. */

let app: ServedApp;

beforeAll(async () => {
  app = await servedApp(ledgerModel);
  await app.sql`insert into entries (note, pieces, amount) values ('a', 1, 2.5), ('b', null, null)`;
});
afterAll(() => app[Symbol.asyncDispose]());

const word = fc.oneof(
  fc.constantFrom(
    ...["count", "sum", "avg(", "(amount)", "amount", "note", "at.month", "price", "price.currency", "account.parent"],
    ...[
      "place",
      "id",
      "accountId",
      "twice",
      "[gte]",
      "[",
      "]",
      ",",
      "-",
      ".",
      "having[count]",
      "__proto__",
      "constructor",
    ],
    ...[
      "'; drop table entries; --",
      "\u0000",
      "\ud800",
      "🐘",
      "NaN",
      "1e400",
      "9".repeat(400),
      "null",
      "%",
      "%zz",
      "+",
    ],
  ),
  fc.string({ unit: "binary", maxLength: 8 }),
);
const text = fc.array(word, { maxLength: 5 }).map((words) => words.join(""));
const name = fc.oneof(
  fc.constantFrom(
    "group",
    "measure",
    "sort",
    "having[count][gte]",
    "having[sum(amount)]",
    "page[size]",
    "deleted",
    "read",
  ),
  text.map((inner) => `having[${inner}]`),
  text.map((inner) => `filter[${inner}]`),
  text,
);
const encoded = (part: string) => encodeURIComponent(part.toWellFormed());

test("REST answers any query of a summary", { timeout: 120_000 }, async () => {
  const seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, text), { maxLength: 5 }), fc.boolean(), async (pairs, isRaw) => {
      const query = pairs
        .map(([key, value]) => `${isRaw ? key.replace(/[^\x21-\x7e]|[#&]/g, "") : encoded(key)}=${encoded(value)}`)
        .join("&");
      const response = await app.fetch(`/rest/v1/entries:summary?${query}`);
      const body = await response.text();
      seen.add(response.status);
      expect(response.status, `${query} ${body}`).toBeLessThan(500);
      if (response.status !== 200) expect(JSON.parse(body).code, query).toMatch(/^[a-z_]+$/);
    }),
    { numRuns: 1200 },
  );
  expect([...seen].sort()).toEqual(expect.arrayContaining([200, 400]));
});

test("GraphQL answers any operand and any order of a summary", { timeout: 120_000 }, async () => {
  const leaf = fc.oneof(
    fc.constantFrom("VALUE", "MONTH", "DESC", "ASC", "null", "3", '"x"', '{amount: "1"}'),
    fc.constant("{}"),
  );
  const field = fc.constantFrom(
    "count",
    "sum",
    "min",
    "key",
    "note",
    "amount",
    "price",
    "currency",
    "at",
    "account",
    "parent",
    "place",
    "city",
  );
  const input = fc.letrec<{ value: string }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc
        .array(fc.tuple(field, tie("value")), { maxLength: 2 })
        .map((pairs) => `{${pairs.map(([key, value]) => `${key}: ${value}`).join(" ")}}`),
    ),
  })).value;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(input, { maxLength: 3 }),
      input,
      fc.array(input, { maxLength: 2 }),
      async (groups, having, order) => {
        const query = `{ entries { summary(groupBy: [${groups}], having: ${having}, orderBy: [${order}]) { groups { count } } } }`;
        const headers = { "content-type": "application/json" };
        const response = await app.fetch("/graphql", { method: "POST", headers, body: JSON.stringify({ query }) });
        const { errors } = (await response.json()) as { errors?: readonly { extensions: { code: string } }[] };
        expect(response.status, query).toBeLessThan(500);
        for (const { extensions } of errors ?? []) {
          refused += 1;
          expect(extensions.code, query).not.toBe("internal");
        }
      },
    ),
    { numRuns: 600 },
  );
  expect(refused).toBeGreaterThan(50);
});
