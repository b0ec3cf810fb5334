import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { catalogOf, entityNamed } from "../../plan/catalog/Catalog.ts";
import { Parameters } from "../../plan/Parameters.ts";
import { completeOrder } from "../../plan/read/completeOrder.ts";
import { readCursor } from "../../plan/read/cursor.ts";
import type { CursorShape, OrderTerm, ReadPlan } from "../../plan/types.ts";
import { runPlan } from "../testing/runPlan.ts";
import { salesModel } from "../testing/salesModel.ts";

/** Walks all pages of lists in random orders over rows with nulls and repeated values, against sorting in memory. */

const catalog = catalogOf(salesModel);
const deal = entityNamed(catalog, "Deal");
let database: ModelDatabase;

beforeAll(async () => {
  database = await modelDatabase(salesModel);
});
afterAll(() => database[Symbol.asyncDispose]());

interface Row {
  readonly id: string;
  readonly quantity: number | null;
  readonly amount: string | null;
  readonly title: string;
  readonly createdAt: string;
  readonly hot: boolean | null;
  readonly companyName: string;
  readonly ownerName: string | null;
}

interface Page {
  readonly data: readonly { readonly id: string }[];
  readonly page: Readonly<Record<"next" | "previous" | "start" | "end", string | null>> & {
    readonly hasNext: boolean;
    readonly hasPrevious: boolean;
  };
  readonly count: number;
}

const paths = ["quantity", "amount", "title", "createdAt", "hot", "company.name", "owner.name", "id"];

function valueAt(row: Row, path: string): number | string | boolean | null {
  if (path === "company.name") return row.companyName;
  if (path === "owner.name") return row.ownerName;
  if (path === "amount") return row.amount === null ? null : Number(row.amount);
  return row[path as "quantity" | "title" | "createdAt" | "hot" | "id"];
}

/** Null is greater than everything; texts here are ASCII, so that JavaScript's order is the order of bytes. */
function compare(a: Row, b: Row, order: readonly OrderTerm[]): number {
  for (const { path, descending } of order) {
    const [left, right] = [valueAt(a, path.join(".")), valueAt(b, path.join("."))];
    if (left === right) continue;
    const less = left === null ? false : right === null ? true : left < right;
    return less === descending ? 1 : -1;
  }
  return 0;
}

async function store(rows: readonly Row[]): Promise<void> {
  const { sql } = database;
  await sql`truncate deals, companies, people cascade`;
  for (const name of new Set(rows.map((row) => row.companyName)))
    await sql`insert into companies (name) values (${name})`;
  for (const name of new Set(rows.map((row) => row.ownerName))) {
    if (name !== null) await sql`insert into people (name) values (${name})`;
  }
  for (const row of rows) {
    await sql`insert into deals (id, quantity, amount, title, created_at, hot, company_id, owner_id)
      values (${row.id}, ${row.quantity}, ${row.amount}, ${row.title}, ${row.createdAt}, ${row.hot === null ? null : String(row.hot)},
        (select id from companies where name = ${row.companyName}), (select person_no from people where name = ${row.ownerName}))`;
  }
}

interface Walk {
  readonly order: readonly OrderTerm[];
  readonly size: number;
}

async function read({ order, size }: Walk, side: "after" | "before" | null, cursor: string | null): Promise<Page> {
  const parameters = new Parameters();
  const shape: CursorShape | null =
    cursor === null
      ? null
      : readCursor(cursor, { catalog, entity: deal, order, field: "page" }).map((value) =>
          value === null ? null : parameters.add(value),
        );
  const plan: ReadPlan = {
    shape: {
      kind: "many",
      resource: "Deal",
      list: {
        where: null,
        order,
        page: {
          size,
          fromEnd: side === "before",
          after: side === "after" ? shape : null,
          before: side === "before" ? shape : null,
        },
        output: {
          kind: "object",
          members: [
            { kind: "items", as: "data", selection: [{ kind: "field", as: "id", field: "id" }] },
            {
              kind: "page",
              as: "page",
              members: (["next", "previous", "start", "end", "hasNext", "hasPrevious"] as const).map((kind) => ({
                kind,
                as: kind,
              })),
            },
            { kind: "count", as: "count" },
          ],
        },
      },
    },
    parameters: parameters.values,
  };
  return (await runPlan(database, catalog, plan)) as Page;
}

/** All pages on one side, from a cursor or the very end of the list. */
async function walk(walked: Walk, side: "after" | "before", from: string | null): Promise<Page[]> {
  const pages: Page[] = [];
  let cursor = from;
  do {
    const page = await read(walked, from === null && pages.length === 0 && side === "after" ? null : side, cursor);
    pages.push(page);
    cursor = side === "after" ? page.page.next : page.page.previous;
    expect(side === "after" ? page.page.hasNext : page.page.hasPrevious).toBe(cursor !== null);
  } while (cursor !== null);
  return pages;
}

const ids = (pages: readonly Page[]) => pages.map((page) => page.data.map(({ id }) => id));

const arbitraryRow = fc.record({
  id: fc.uuid(),
  quantity: fc.option(fc.integer({ min: -2, max: 2 })),
  amount: fc.option(fc.constantFrom("0.00", "1.50", "12345678901.25")),
  title: fc.constantFrom("aa", "ab", "Ab", "b's", '"q"', "zz, z"),
  createdAt: fc.constantFrom(
    "2024-01-01T00:00:00.000000Z",
    "2024-01-01T00:00:00.000001Z",
    "2024-06-01T10:00:00.500000Z",
  ),
  hot: fc.option(fc.boolean()),
  companyName: fc.constantFrom("Acme", "Bolt"),
  ownerName: fc.option(fc.constantFrom("Ann", "Bob")),
}) satisfies fc.Arbitrary<Row>;

const arbitraryOrder = fc
  .array(fc.record({ path: fc.constantFrom(...paths).map((path) => path.split(".")), descending: fc.boolean() }), {
    maxLength: 4,
  })
  .map(completeOrder);

test("pages walked forward and backward show every row once, in order", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(arbitraryRow, { maxLength: 14, selector: ({ id }) => id }),
      fc.array(arbitraryOrder, { minLength: 4, maxLength: 4 }),
      fc.integer({ min: 1, max: 6 }),
      async (rows, orders, size) => {
        await store(rows);
        for (const order of orders) {
          const sorted = rows.toSorted((a, b) => compare(a, b, order)).map(({ id }) => id);
          const forward = await walk({ order, size }, "after", null);
          expect(ids(forward).flat()).toEqual(sorted);
          expect(forward.map(({ count }) => count)).toEqual(forward.map(() => rows.length));
          expect(forward.slice(0, -1).every(({ data }) => data.length === size)).toBe(true);

          const backward = await walk({ order, size }, "before", null);
          expect(ids(backward).toReversed().flat()).toEqual(sorted);

          const last = forward.at(-1);
          const back = last?.page.start ? await walk({ order, size }, "before", last.page.start) : [];
          expect([...ids(back).toReversed().flat(), ...(last?.data.map(({ id }) => id) ?? [])]).toEqual(sorted);
          for (const page of forward) {
            expect([page.page.start !== null, page.page.end !== null]).toEqual([
              page.data.length > 0,
              page.data.length > 0,
            ]);
          }
        }
      },
    ),
    { numRuns: 40 },
  );
});
