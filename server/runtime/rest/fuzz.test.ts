import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { companyId, dealId, type SalesApp, salesApp } from "../graphql/testing/salesApp.ts";

/** Requests that are right, nearly right and quite wrong: none may fail on our side or tell of SQL. */

let app: SalesApp;

beforeAll(async () => {
  app = await salesApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const fields = [
  "id",
  "title",
  "stage",
  "amount",
  "quantity",
  "points",
  "ratio",
  "hot",
  "closedOn",
  "createdAt",
  "token",
  "extra",
  "companyId",
  "ownerId",
  "company",
  "owner",
  "tags",
  "company.name",
  "company.parent.name",
  "tags.id",
  "owner.boss.reports.name",
  "nope",
  "",
  "__proto__",
  "constructor",
  "and",
  "or",
  "not",
  "company.",
  ".id",
  "Points; drop",
];
const operators = [
  "eq",
  "ne",
  "lt",
  "lte",
  "gt",
  "gte",
  "in",
  "notIn",
  "isNull",
  "contains",
  "startsWith",
  "endsWith",
  "ieq",
  "icontains",
  "istartsWith",
  "iendsWith",
  "like",
  "",
  "EQ",
];
const texts = [
  "",
  "won",
  "lead",
  "5",
  "-5",
  "0.1",
  "99999999999999999999999999999999999",
  "1e400",
  "NaN",
  "Infinity",
  "true",
  "false",
  "null",
  "2024-01-01",
  "2024-01-01T00:00:00Z",
  "0001-01-01T00:00:00+23:59",
  "9999-12-31T23:59:59.999999Z",
  "infinity",
  "now",
  "' or 1=1 --",
  '"; drop table deals; --',
  "\\",
  "%",
  "_",
  "a,b",
  "a\\,b",
  "\u0000",
  "\ud800",
  "🐘",
  "{}",
  "{1,2}",
  "[1]",
  "$1",
  "select",
  "\u2028",
  dealId(1),
  companyId(1),
  "x".repeat(2000),
];

const name = fc.oneof(fc.constantFrom(...fields), fc.string({ maxLength: 8 }));
const text = fc.oneof(
  fc.constantFrom(...texts),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.integer().map(String),
);
const group = fc.constantFrom("", "[or][1]", "[or][2]", "[and][x]", "[not]", "[or]", "[not][or][0]");

const encode = (part: string) => encodeURIComponent(part.toWellFormed());

const parameter = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(group, name, fc.constantFrom(...operators), text)
      .map(([at, field, operator, value]) => `filter${at}[${encode(field)}][${operator}]=${encode(value)}`),
  },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.tuple(fc.constantFrom("", "-"), name), { minLength: 1, maxLength: 3 })
      .map((terms) => `sort=${terms.map(([sign, field]) => sign + encode(field)).join(",")}`),
  },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.tuple(name, fc.constantFrom("", "(2)", "(0)", "(5000)", "(")), { minLength: 1, maxLength: 3 })
      .map((parts) => `include=${parts.map(([field, size]) => encode(field) + size).join(",")}`),
  },
  fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => `fields=${names.map(encode).join(",")}`),
  fc.tuple(name, name).map(([path, field]) => `fields[${encode(path)}]=${encode(field)}`),
  fc.tuple(name, name).map(([path, field]) => `sort[${encode(path)}]=${encode(field)}`),
  fc.oneof(fc.nat(1200).map(String), text).map((size) => `page[size]=${encode(size)}`),
  fc.tuple(fc.constantFrom("after", "before"), text).map(([side, cursor]) => `page[${side}]=${encode(cursor)}`),
  fc.constantFrom(
    "count=exact",
    "count=",
    "page[after]=WyIxIiwieCJd",
    "filter=1",
    "filter[]=1",
    "=",
    "&&",
    "%",
    "%zz=1",
    "a=%ff",
    "page=1",
    "fields",
    "filter[stage]",
  ),
);

/** Cursors that are well-formed but hold other values than any list gave. */
const forged = fc.array(fc.option(text), { maxLength: 3 }).map((values) => {
  const json = JSON.stringify(["1", "x", ...values.map((value) => value?.toWellFormed() ?? null)]);
  return `page[after]=${Buffer.from(json).toString("base64url")}`;
});

/** Well-formed filters with operands of any kind, so that values reach the database. */
const sound = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("title", "company.name", "tags.id", "owner.boss.reports.name"),
      fc.constantFrom("eq", "ne", "lt", "gte", "in", "notIn", "contains", "startsWith", "iendsWith", "ieq"),
      text.filter((value) => !value.includes("\0") && value.isWellFormed()),
    )
    .map(([field, operator, value]) => `filter[${field}][${operator}]=${encode(value)}`),
  fc
    .tuple(fc.constantFrom("amount", "quantity", "points", "ratio"), fc.constantFrom("eq", "lt", "in"), fc.integer())
    .map(([field, operator, value]) => `filter[${field}][${operator}]=${value}`),
  fc.constantFrom(
    "sort=-company.name,ratio",
    "include=tags,company.deals(2)",
    "fields=title",
    "count=exact",
    "page[size]=2",
  ),
);

const broken = fc
  .array(fc.oneof({ weight: 12, arbitrary: parameter }, forged), { maxLength: 6 })
  .map((parts) => parts.join("&"));
const query = fc.oneof(
  broken,
  fc.uniqueArray(sound, { maxLength: 4, selector: (part) => part.split("=")[0] }).map((parts) => parts.join("&")),
);

const key = fc
  .oneof({ weight: 2, arbitrary: fc.constantFrom(dealId(1), dealId(2), dealId(3), companyId(1), "1", "hot") }, text)
  .map(encode);
const collection = fc.oneof(
  { weight: 5, arbitrary: fc.constant("deals") },
  fc.constantFrom("companies", "people", "tags", "nothing", "deals/"),
);
const path = fc.oneof(
  { weight: 4, arbitrary: collection },
  { weight: 3, arbitrary: fc.tuple(collection, key).map((parts) => parts.join("/")) },
  fc.tuple(collection, key, name.map(encode)).map((parts) => parts.join("/")),
);

const value = fc.oneof(
  text,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(["hot"], ["hot", "vip"], { add: ["new"] }, { remove: ["x"], add: [] }, companyId(1), dealId(1)),
);
const valid = fc.record(
  {
    title: fc.constantFrom("Some deal", "Other"),
    companyId: fc.constantFrom(companyId(1), companyId(2)),
    amount: fc.constantFrom("1", 2.5, null),
    extra: fc.jsonValue({ maxDepth: 2 }),
    tags: fc.constantFrom([], ["hot"]),
  },
  { requiredKeys: ["title", "companyId"] },
);
const object = fc.oneof(
  valid,
  fc.dictionary(name, value, { maxKeys: 5 }),
  fc.tuple(valid, fc.dictionary(name, value, { maxKeys: 2 })).map(([one, other]) => ({ ...one, ...other })),
);
const body = fc.oneof(
  { weight: 6, arbitrary: object.map((input) => JSON.stringify(input)) },
  { weight: 2, arbitrary: fc.array(object, { maxLength: 3 }).map((input) => JSON.stringify(input)) },
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    '{"extra":1e999999}',
    '{"points":1e30}',
    `{"extra":${"[".repeat(500)}${"]".repeat(500)}}`,
    '{"title":"a","title":5}',
    "[[[[]]]]",
  ),
);

const request = fc.oneof(
  { weight: 5, arbitrary: fc.record({ method: fc.constant("GET"), path, query, body: fc.constant(null) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      method: fc.constantFrom("POST", "POST", "PATCH", "PATCH", "DELETE", "PUT"),
      path,
      query: fc.oneof({ weight: 3, arbitrary: fc.constant("") }, query),
      body,
    }),
  },
);

const sqlWords =
  /\bselect\b.*\bfrom\b|row_to_json|json_agg|postgres|SQLSTATE|syntax error at|relation "|column "|"t1"|public\./i;

test("no request brings the runtime to fail or to tell of SQL", { timeout: 600_000 }, async () => {
  const counts = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(request, async ({ method, path, query, body }) => {
      const response = await app.fetch(`/rest/v1/${path}?${query}`, {
        method,
        headers: { "content-type": "application/json" },
        ...(body !== null && { body }),
      });
      const answer = await response.text();
      counts.set(response.status, (counts.get(response.status) ?? 0) + 1);
      if (response.status >= 500) throw new Error(`${response.status} ${answer}`);
      if (answer !== "") JSON.parse(answer);
      if (response.status >= 400) {
        const problem = JSON.parse(answer);
        if (typeof problem.code !== "string" || problem.status !== response.status) throw new Error(answer);
        // What the caller sent may come back; nothing else may look like this.
        const { errors: _, ...own } = problem;
        if (sqlWords.test(JSON.stringify(own))) throw new Error(answer);
      }
    }),
    { numRuns: 4000 },
  );
  // Many of each kind: the generator must not be refused by the first check it meets.
  for (const status of [200, 201, 400, 404, 405, 422]) expect(counts.get(status) ?? 0).toBeGreaterThan(20);
});
