import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { checkExpression } from "../../expression/check/checkExpression.ts";
import type { Expression } from "../../expression/Expression.ts";
import { compileExpression } from "../../expression/evaluate/compileExpression.ts";
import { arbitraryExpression } from "../../expression/testing/arbitraryExpression.ts";
import { dealScope } from "../../expression/testing/dealScope.ts";
import { arbitrarySampleData, SampleData, type SampleRow } from "../../expression/testing/SampleData.ts";
import { toCanonical } from "../../expression/toCanonical.ts";
import type { Value } from "../../expression/Value.ts";
import type { ValueType } from "../../expression/ValueType.ts";
import { catalogOf } from "../../plan/catalog/Catalog.ts";
import { as, cast, select } from "../../sql/build.ts";
import { bind, type SlotValue } from "../../sql/PrintedStatement.ts";
import { print } from "../../sql/print.ts";
import type { Expression as Sql } from "../../sql/Sql.ts";
import { allRows } from "../read/related.ts";
import type { Compilation } from "../read/Scope.ts";
import { rowScope } from "../write/rowScope.ts";
import { compilationOf } from "./compilationOf.ts";
import { toText } from "./conversions.ts";
import { dealModel } from "./testing/dealModel.ts";
import { storeSample } from "./testing/storeSample.ts";

/** The same expressions over the same rows through PostgreSQL and through JavaScript: what comes out is the same text. */

const scope = dealScope();
const catalog = catalogOf(dealModel);
const leastPairs = 20_000;
let database: ModelDatabase;

beforeAll(async () => {
  database = await modelDatabase(dealModel);
});
afterAll(() => database[Symbol.asyncDispose]());

const resources = ["Deal", "User", "Company", "Contract", "Activity", "Line"];
const contextTypes = new Map<string, ValueType>([
  ["now", { kind: "timestamp" }],
  ["today", { kind: "date" }],
  ...[...scope.context].flatMap(([name, type]) =>
    type.kind === "object"
      ? type.members.map((member): [string, ValueType] => [`${name}.${member.name}`, member.type])
      : [],
  ),
]);

/** As the database can hold it: a deal has one contract at most, and lists of the context hold no nulls. */
function storable(data: SampleData): SampleData {
  const contracts = new Set<Value>();
  const keys = new Map(
    resources.map((name) => [
      name,
      new Set(data.rows.filter((row) => row.resource === name).map(({ values }) => values.get("id"))),
    ]),
  );
  const rows = data.rows.map((row): SampleRow => {
    const values = new Map(row.values);
    for (const [name, member] of scope.resources.of(row.resource)?.members ?? []) {
      if (member.kind !== "toOne" || member.reference === undefined) continue;
      const key = values.get(member.reference) ?? null;
      const isTaken = row.resource === "Contract" && contracts.has(key);
      if (!keys.get(member.resource)?.has(key) || isTaken) values.set(member.reference, null);
      if (row.resource === "Contract" && name === "deal") contracts.add(key);
    }
    return { resource: row.resource, values };
  });
  const { context } = data.environment(null);
  const known = [...contextTypes.keys()].map((name): [string, Value] => {
    const value = context(name.split("."));
    return [name, Array.isArray(value) ? value.filter((item) => item !== null) : value];
  });
  return new SampleData(scope.resources, rows, new Map(known));
}

const sample = arbitrarySampleData(scope, resources).map(storable);
const texts = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: arbitraryExpression(scope, { depth: 2 }) },
    { weight: 2, arbitrary: arbitraryExpression(scope, { depth: 3 }) },
    { weight: 1, arbitrary: arbitraryExpression(scope, { depth: 4 }) },
  ),
  { minLength: 1, maxLength: 120, size: "max" },
);

function checked(text: string): Expression {
  const { expression, problems } = checkExpression(text, scope);
  if (!expression) throw new Error(`${text}: ${problems[0]?.message}`);
  return expression;
}

function inJavaScript(data: SampleData, expressions: readonly Expression[]): readonly (readonly (string | null)[])[] {
  const compiled = expressions.map((expression) => ({ type: expression.type, work: compileExpression(expression) }));
  return data.rows
    .filter(({ resource }) => resource === "Deal")
    .map((row) => compiled.map(({ type, work }) => toCanonical(type, work(data.environment(row)))));
}

/** With joins where paths lead to one record, or as in RETURNING, where nothing can be joined. */
async function inPostgres(
  data: SampleData,
  expressions: readonly Expression[],
  isJoined: boolean,
): Promise<readonly (readonly (string | null)[])[]> {
  const compilation = compilationOf(catalog);
  const { scope: rows, from, where } = allRows(compilation, "Deal");
  const key = rows.column(rows.entity.key.column);
  const seen = isJoined ? rows : rowScope(compilation, rows.entity, rows.alias);
  const columns = expressions.map((expression, index) =>
    as(`e${index}`, asText(compilation, expression, compilation.sqlOf(seen, expression))),
  );
  const statement = print(
    select({ columns, from, joins: rows.joins, where, orderBy: [{ expression: key, descending: false }] }),
  );
  const { context } = data.environment(null);
  const values = (path: readonly string[]): SlotValue => {
    const value = context(path);
    if (Array.isArray(value)) return value.map(String);
    return toCanonical(contextTypes.get(path.join(".")) ?? { kind: "text" }, value);
  };
  const found = await database.sql.unsafe<Record<string, string | null>[]>(statement.text, bind(statement, [], values));
  return found.map((row) => expressions.map((_, index) => row[`e${index}`] ?? null));
}

function asText(compilation: Compilation, expression: Expression, value: Sql): Sql {
  const operation = { kind: "operation", type: { kind: "text" }, operator: "toText", operands: [expression] } as const;
  const sight = { compilation, records: new Map(), variables: new Map() };
  return cast(toText({ sight, operation, operands: [value] }), "text");
}

test("PostgreSQL and JavaScript work out the same", { timeout: 120_000 }, async () => {
  let pairs = 0;
  await fc.assert(
    fc.asyncProperty(sample, texts, fc.boolean(), async (data, written, isJoined) => {
      const expressions = written.map(checked);
      await storeSample(database, catalog, data.rows);
      const expected = inJavaScript(data, expressions);
      const found = await inPostgres(data, expressions, isJoined);
      pairs += expected.length * expressions.length;
      const paired = (values: readonly (readonly (string | null)[])[]) =>
        values.map((row) => row.map((value, index) => [written[index], value]));
      expect(paired(found)).toEqual(paired(expected));
    }),
    { numRuns: 400, timeout: 20_000 },
  );
  expect(pairs).toBeGreaterThan(leastPairs);
});
