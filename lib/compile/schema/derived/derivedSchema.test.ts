import fc from "fast-check";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { quoteIdentifier } from "../../../sql/identifier.ts";
import { derivedSchema } from "./derivedSchema.ts";
import { ordersModel } from "./testing/ordersModel.ts";

let database: ModelDatabase;
beforeAll(async () => {
  database = await modelDatabase(ordersModel);
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  await database.sql`truncate customers, orders, lines, products, tags, order_tags`;
});

/** Stored fields that differ from what their expression comes out as now. */
async function wrong(): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [table, columns] of derivedSchema(ordersModel).columns) {
    for (const { name, fill = "" } of columns) {
      const [row] = await database.sql.unsafe(
        `select count(*)::int as count from ${table} where ${quoteIdentifier(name)} is distinct from (${fill})`,
      );
      if (row?.count !== 0) found.push(`${table}.${name}: ${row?.count}`);
    }
  }
  return found;
}

describe("one change at a time", () => {
  beforeEach(async () => {
    await database.sql.unsafe(`
      insert into customers (id, discount) values (1, 0.1), (2, null);
      insert into orders (id, open, customer_id) values (1, true, 1), (2, true, 2);
      insert into products (id, price, weight) values (1, 50.00, 7), (2, 2.50, 3);
      insert into lines (id, quantity, order_id, product_id) values (1, 2, 1, 1), (2, 4, 1, 2);`);
  });

  const order = async () => {
    const [row] = await database.sql`select gross::text, total::text from orders where id = 1`;
    return [row?.gross, row?.total];
  };
  const customer = async (id: number) => {
    const [row] = await database.sql`select turnover::text, heavy, is_big from customers where id = ${id}`;
    return [row?.turnover, row?.heavy, row?.is_big];
  };

  test("new records bring their part to all that stand on them", async () => {
    expect([await order(), await customer(1)]).toEqual([
      ["110.00", "99.000"],
      ["99.000", 7, false],
    ]);
  });

  test.each([
    ["a price", "update products set price = 60 where id = 1", "130.00"],
    ["a quantity", "update lines set quantity = 0 where id = 1", "10.00"],
    ["a line that goes", "delete from lines where id = 1", "10.00"],
    ["a line that is hidden", "update lines set gone = now() where id = 1", "10.00"],
    ["a line that moves", "update lines set order_id = 2 where id = 1", "10.00"],
    ["a product that goes", "delete from products where id = 1", "10.00"],
  ])("%s is followed", async (_, change, gross) => {
    await database.sql.unsafe(change);
    expect([(await order())[0], await wrong()]).toEqual([gross, []]);
  });

  test("a change at the far end reaches through several tables", async () => {
    await database.sql`update products set weight = 99 where id = 2`;
    await database.sql`update orders set open = false where id = 1`;
    expect(await customer(1)).toEqual([null, 99, null]);
    await database.sql`update orders set customer_id = 2, open = true where id = 1`;
    expect([await customer(1), await customer(2)]).toEqual([
      [null, null, null],
      ["110.000", 99, true],
    ]);
  });

  test("a stored field cannot be written over", async () => {
    await database.sql`update orders set gross = 1 where id = 1`;
    expect((await order())[0]).toBe("110.00");
  });
});

const id = fc.integer({ min: 1, max: 4 });
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 5 });
const statement = fc.oneof(
  fc.record({ id, discount: maybe(fc.constantFrom("0.5", "0.1")) }).map((row) => upsert("customers", row)),
  fc.record({ id, open: maybe(fc.boolean()), customer_id: maybe(id) }).map((row) => upsert("orders", row)),
  fc
    .record({ id, quantity: maybe(fc.integer({ min: -3, max: 9 })), order_id: maybe(id), product_id: maybe(id) })
    .map((row) => upsert("lines", row)),
  fc.record({ id, gone: maybe(fc.constant("2026-01-01")) }).map((row) => update("lines", row)),
  fc
    .record({ id, price: maybe(fc.constantFrom("1.25", "-7", "1000")), weight: maybe(fc.integer({ max: 50 })) })
    .map((row) => upsert("products", row)),
  fc.record({ id, visible: maybe(fc.boolean()) }).map((row) => upsert("tags", row)),
  fc.record({ order_id: id, tag_id: id }).map((row) => `${insert("order_tags", row)} on conflict do nothing`),
  fc.tuple(id, id).map(([order, tag]) => `delete from order_tags where order_id = ${order} or tag_id = ${tag}`),
  fc
    .tuple(fc.constantFrom("customers", "orders", "lines", "products", "tags"), id)
    .map(([table, key]) => `delete from ${table} where id = ${key}`),
);

type Values = Readonly<Record<string, string | number | boolean | null>>;
const literal = (value: Values[string]) => (typeof value === "string" ? `'${value}'` : String(value));
const insert = (table: string, row: Values) =>
  `insert into ${table} (${Object.keys(row)}) values (${Object.values(row).map(literal)})`;
const assignments = (row: Values) => Object.entries(row).map(([name, value]) => `${name} = ${literal(value)}`);
const upsert = (table: string, row: Values) =>
  `${insert(table, row)} on conflict (id) do update set ${assignments(row)}`;
const update = (table: string, row: Values) => `update ${table} set ${assignments(row)} where id = ${row.id}`;

/** References that lead nowhere and deadlocks are refused as a whole, which is right. */
const refused = new Set(["23503", "40P01"]);
async function attempt(sql: postgres.Sql, text: string): Promise<void> {
  try {
    await sql.unsafe(text);
  } catch (error) {
    if (!(error instanceof postgres.PostgresError) || !refused.has(error.code)) throw error;
  }
}

test("after any mix of writes stored fields are what working them out anew gives", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(statement, { minLength: 5, maxLength: 40 }), async (statements) => {
      await database.sql`truncate customers, orders, lines, products, tags, order_tags`;
      for (const text of statements) await attempt(database.sql, text);
      expect(await wrong()).toEqual([]);
    }),
    { numRuns: 60 },
  );
}, 120_000);

test("the same holds for writers at the same time", async () => {
  const writers = postgres(database.url, { max: 8, onnotice: () => {} });
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(statement, { minLength: 30, maxLength: 80 }), async (statements) => {
        await Promise.all(statements.map((text) => attempt(writers, text)));
        expect(await wrong()).toEqual([]);
      }),
      { numRuns: 40 },
    );
  } finally {
    await writers.end({ timeout: 5 });
  }
}, 120_000);
