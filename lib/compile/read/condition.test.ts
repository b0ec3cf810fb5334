import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { catalogOf } from "../../plan/catalog/Catalog.ts";
import { Parameters } from "../../plan/Parameters.ts";
import { completeOrder } from "../../plan/read/completeOrder.ts";
import type { CompareOperator, Condition } from "../../plan/types.ts";
import { runPlan } from "../testing/runPlan.ts";
import { salesModel } from "../testing/salesModel.ts";

/** Random conditions over random rows, against the same logic of three values in JavaScript. */

const catalog = catalogOf(salesModel);
let database: ModelDatabase;

beforeAll(async () => {
  database = await modelDatabase(salesModel);
});
afterAll(() => database[Symbol.asyncDispose]());

interface Row {
  readonly id: string;
  readonly title: string;
  readonly quantity: number | null;
  readonly hot: boolean | null;
  readonly owner: string | null;
  readonly tags: readonly string[];
}

/** A condition with its operands still in it. */
type Test =
  | { readonly kind: "and" | "or"; readonly tests: readonly Test[] }
  | { readonly kind: "not"; readonly test: Test }
  | { readonly kind: "compare"; readonly path: string; readonly operator: CompareOperator; readonly value: string }
  | { readonly kind: "in"; readonly path: string; readonly negated: boolean; readonly values: readonly string[] }
  | { readonly kind: "isNull"; readonly path: string; readonly negated: boolean }
  | { readonly kind: "tagged"; readonly tag: string | null };

const texts = ["", "a", "A", "ab", "aB", "a%", "a_b", "\\", "ß", "Ä", "ä", "{}", 'q"', "a,b", "🐘"];
const arbitraryText = fc.constantFrom(...texts);
const arbitraryRow: fc.Arbitrary<Row> = fc.record({
  id: fc.uuid(),
  title: arbitraryText,
  quantity: fc.option(fc.integer({ min: -2, max: 2 })),
  hot: fc.option(fc.boolean()),
  owner: fc.option(fc.constantFrom("a", "A", "b")),
  tags: fc.uniqueArray(fc.constantFrom("x", "y"), { maxLength: 2 }),
});

const comparisons = ["eq", "ne", "lt", "lte", "gt", "gte"] as const;
const textual = ["contains", "startsWith", "endsWith", "ieq", "icontains", "istartsWith", "iendsWith"] as const;

const { test: arbitraryTest } = fc.letrec<{ test: Test }>((tie) => ({
  test: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({
      kind: fc.constant("compare" as const),
      path: fc.constantFrom("title", "owner.name"),
      operator: fc.constantFrom<CompareOperator>(...comparisons, ...textual),
      value: arbitraryText,
    }),
    fc.record({
      kind: fc.constant("compare" as const),
      path: fc.constant("quantity"),
      operator: fc.constantFrom(...comparisons),
      value: fc.integer({ min: -2, max: 2 }).map(String),
    }),
    fc.record({
      kind: fc.constant("compare" as const),
      path: fc.constant("hot"),
      operator: fc.constantFrom("eq" as const, "ne" as const),
      value: fc.constantFrom("true", "false"),
    }),
    fc.record({
      kind: fc.constant("in" as const),
      path: fc.constantFrom("title", "owner.name"),
      negated: fc.boolean(),
      values: fc.array(arbitraryText, { maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant("isNull" as const),
      path: fc.constantFrom("quantity", "hot", "owner.name", "owner.id"),
      negated: fc.boolean(),
    }),
    fc.record({ kind: fc.constant("tagged" as const), tag: fc.option(fc.constantFrom("x", "y")) }),
    fc.record({ kind: fc.constantFrom("and" as const, "or" as const), tests: fc.array(tie("test"), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant("not" as const), test: tie("test") }),
  ),
}));

type Truth = boolean | null;

function valueAt(row: Row, path: string): string | null {
  if (path === "owner.name" || path === "owner.id") return row.owner;
  const value = row[path as "title" | "quantity" | "hot"];
  return value === null ? null : String(value);
}

function holds(row: Row, tested: Test): Truth {
  switch (tested.kind) {
    case "and":
      return every(tested.tests.map((inner) => holds(row, inner)));
    case "or":
      return negate(every(tested.tests.map((inner) => negate(holds(row, inner)))));
    case "not":
      return negate(holds(row, tested.test));
    case "isNull":
      return (valueAt(row, tested.path) === null) !== tested.negated;
    case "tagged":
      return tested.tag === null ? row.tags.length > 0 : row.tags.includes(tested.tag);
    case "in": {
      const value = valueAt(row, tested.path);
      if (tested.values.length === 0) return tested.negated;
      return value === null ? null : tested.values.includes(value) !== tested.negated;
    }
    case "compare": {
      const value = valueAt(row, tested.path);
      return value === null ? null : compare(value, tested);
    }
  }
}

function compare(value: string, { path, operator, value: operand }: Extract<Test, { kind: "compare" }>): boolean {
  const fold = (text: string) => text.toLowerCase();
  const bytes = (text: string) => Buffer.from(text);
  const sign = path === "quantity" ? Number(value) - Number(operand) : Buffer.compare(bytes(value), bytes(operand));
  switch (operator) {
    case "eq":
      return sign === 0;
    case "ne":
      return sign !== 0;
    case "lt":
      return sign < 0;
    case "lte":
      return sign <= 0;
    case "gt":
      return sign > 0;
    case "gte":
      return sign >= 0;
    case "contains":
      return value.includes(operand);
    case "startsWith":
      return value.startsWith(operand);
    case "endsWith":
      return value.endsWith(operand);
    case "ieq":
      return fold(value) === fold(operand);
    case "icontains":
      return fold(value).includes(fold(operand));
    case "istartsWith":
      return fold(value).startsWith(fold(operand));
    case "iendsWith":
      return fold(value).endsWith(fold(operand));
  }
}

function every(truths: readonly Truth[]): Truth {
  return truths.includes(false) ? false : truths.includes(null) ? null : true;
}

function negate(truth: Truth): Truth {
  return truth === null ? null : !truth;
}

function conditionOf(tested: Test, parameters: Parameters): Condition {
  switch (tested.kind) {
    case "and":
    case "or":
      return { kind: tested.kind, conditions: tested.tests.map((inner) => conditionOf(inner, parameters)) };
    case "not":
      return { kind: "not", condition: conditionOf(tested.test, parameters) };
    case "isNull":
      return { kind: "isNull", path: tested.path.split("."), negated: tested.negated };
    case "in": {
      const { negated, path, values } = tested;
      return { kind: "in", path: path.split("."), negated, parameter: parameters.add(values) };
    }
    case "compare": {
      const { operator, path, value } = tested;
      return { kind: "compare", path: path.split("."), operator, parameter: parameters.add(value) };
    }
    case "tagged": {
      const { tag } = tested;
      if (tag === null) return { kind: "some", path: ["tags"], condition: null };
      const condition = { kind: "compare", path: ["id"], operator: "eq", parameter: parameters.add(tag) } as const;
      return { kind: "some", path: ["tags"], condition };
    }
  }
}

async function store(rows: readonly Row[]): Promise<void> {
  const { sql } = database;
  await sql`truncate deals, companies, people, tags cascade`;
  await sql`insert into companies (name) values ('Acme')`;
  await sql`insert into people (name) values ('a'), ('A'), ('b')`;
  await sql`insert into tags (id) values ('x'), ('y')`;
  for (const { id, title, quantity, hot, owner, tags } of rows) {
    await sql`insert into deals (id, title, quantity, hot, owner_id, company_id) values (${id}, ${title}, ${quantity},
      ${hot === null ? null : String(hot)}, (select person_no from people where name = ${owner}), (select id from companies))`;
    for (const tag of tags) await sql`insert into deal_tags (deal_id, tag_id) values (${id}, ${tag})`;
  }
}

test("PostgreSQL and the three-valued logic of the plans agree on every row", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(arbitraryRow, { minLength: 1, maxLength: 12, selector: ({ id }) => id }),
      fc.array(arbitraryTest, { minLength: 12, maxLength: 12 }),
      async (rows, tests) => {
        await store(rows);
        for (const tested of tests) {
          const parameters = new Parameters();
          const where = conditionOf(tested, parameters);
          const list = {
            where,
            order: completeOrder([]),
            page: { size: 100, fromEnd: false, after: null, before: null },
            output: { kind: "array", selection: [{ kind: "field", as: "id", field: "id" }] },
          } as const;
          const found = await runPlan(database, catalog, {
            shape: { kind: "many", resource: "Deal", list },
            parameters: parameters.values,
          });
          const expected = rows.filter((row) => holds(row, tested) === true).map(({ id }) => id);
          expect((found as { id: string }[]).map(({ id }) => id)).toEqual(expected.sort());
        }
      },
    ),
    { numRuns: 60 },
  );
});
