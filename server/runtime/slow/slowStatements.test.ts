import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { modelToSchema } from "#lib/compile/schema/modelToSchema.ts";
import { planSchema } from "#lib/compile/schema/planSchema.ts";
import { attribute, belongsTo, resource } from "#lib/compile/testing/modelParts.ts";
import { changeModel } from "#lib/model/commands/changeModel.ts";
import type { Index, Model } from "#lib/model/types.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";

/** Fifty thousand orders that nothing is indexed of. */

const model: Model = {
  app: { name: "Shop" },
  resources: [
    resource("Order", {
      plural: "orders",
      attributes: [
        attribute("placedAt", { type: { kind: "timestamp" }, required: true }),
        attribute("code", { type: { kind: "text" } }),
        attribute("amount", { type: { kind: "decimal" } }),
      ],
      relationships: [belongsTo("customer", "Customer")],
    }),
    resource("Customer", {
      plural: "customers",
      attributes: [attribute("name", { type: { kind: "text" } })],
      relationships: [],
    }),
  ],
};

interface Report {
  readonly threshold: number;
  readonly statements: readonly {
    readonly id: string;
    readonly sql: string;
    readonly resource: string;
    readonly action: string;
    readonly count: number;
    readonly totalMilliseconds: number;
    readonly maxMilliseconds: number;
    readonly requests: readonly { readonly request: string; readonly count: number }[];
  }[];
}

interface Explained {
  readonly scans: readonly { readonly table: string; readonly rows: number }[];
  readonly sorts: boolean;
  readonly plan: readonly string[];
  readonly proposals: readonly { readonly resource: string; readonly index: Index }[];
}

let app: ServedApp;

beforeAll(async () => {
  app = await servedApp(model);
  await app.sql`insert into customers (name) select 'Customer ' || n from generate_series(1, 200) n`;
  await app.sql`insert into orders (placed_at, code, amount)
    select timestamptz '2026-01-01' + n * interval '1 minute', md5(n::text), n % 1000 from generate_series(1, 50000) n`;
});
afterAll(() => app[Symbol.asyncDispose]());

const report = async () => (await (await app.admin("GET", "/slow-statements")).json()) as Report;
const explain = async (id: string) =>
  (await (await app.admin("POST", `/slow-statements/${id}/explain`)).json()) as Explained;

/** Whatever reads the orders meanwhile is slow: it waits for a lock for longer than a statement may take. */
async function whileLocked(work: () => Promise<Response>): Promise<Response> {
  const { answer } = await app.sql.begin(async (transaction) => {
    await transaction`lock table orders in access exclusive mode`;
    const begun = work();
    for (let waiting = 0; waiting === 0; ) {
      const locks = await transaction`select 1 from pg_locks where relation = 'orders'::regclass and not granted`;
      waiting = locks.length;
    }
    await transaction`select pg_sleep(0.15)`;
    return { answer: begun };
  });
  return answer;
}

describe("slow statements", () => {
  test("are told with the request that caused them, without its values, and with the index that would serve", async () => {
    const query =
      "/rest/v1/orders?sort=-placedAt&filter[code][ne]=secret%20value&page[size]=20&filter[or][hush][amount][gt]=-31415926535";
    expect((await whileLocked(() => app.fetch(query))).status).toBe(200);
    const { threshold, statements } = await report();
    const [slow] = statements;
    expect(statements).toHaveLength(1);
    expect(slow).toMatchObject({
      resource: "Order",
      action: "read",
      count: 1,
      requests: [
        {
          request: "GET /rest/v1/orders?sort=-placedAt&filter[code][ne]&page[size]=20&filter[or][0][amount][gt]",
          count: 1,
        },
      ],
    });
    expect(slow?.maxMilliseconds).toBeGreaterThanOrEqual(threshold);
    expect(JSON.stringify(statements)).not.toMatch(/secret|hush|31415926535/);

    const before = await explain(slow?.id ?? "");
    expect(before.scans[0]).toMatchObject({ table: "orders" });
    expect(before.sorts).toBe(true);
    const [proposal] = before.proposals;
    expect(before.proposals).toEqual([
      { resource: "Order", index: { fields: [{ name: "placedAt", descending: true }] } },
    ]);

    // The proposal is a change of the model; what it changes in the database serves the very same statement.
    const command = { type: "setResource", resource: "Order", indexes: proposal ? [proposal.index] : [] } as const;
    const after = changeModel(model, command).model;
    for (const { sql } of planSchema(modelToSchema(model), modelToSchema(after)).steps) await app.sql.unsafe(sql);
    await app.sql`analyze orders`;
    const served = await explain(slow?.id ?? "");
    expect(served.plan.join("\n")).toMatch(/Index Scan.* on .*orders/);
    expect(served).toMatchObject({ scans: [], sorts: false, proposals: [] });
  });

  test("of GraphQL are told by their operation", async () => {
    const body = JSON.stringify({
      query: `query Latest($code: String) { orders(filter: {code: {eq: $code}, amount: {gte: "-31415926535"}}, first: 3) { nodes { id } } }`,
      variables: { code: "secret" },
    });
    const headers = { "content-type": "application/json" };
    const answer = await whileLocked(() => app.fetch("/graphql", { method: "POST", headers, body }));
    expect(answer.status).toBe(200);
    const { statements } = await report();
    const slow = statements.find(({ requests }) => requests.some(({ request }) => request.includes("graphql")));
    expect(slow?.requests).toEqual([
      {
        request: "POST /graphql query Latest($code: String) { orders(filter: …, first: …) { nodes { id } } }",
        count: 1,
      },
    ]);
    expect((await explain(slow?.id ?? "")).proposals).toEqual([
      {
        resource: "Order",
        index: {
          fields: [
            { name: "code", descending: false },
            { name: "amount", descending: false },
          ],
        },
      },
    ]);
  });

  test("are counted together where only values differ", async () => {
    for (const code of ["a", "b"]) await whileLocked(() => app.fetch(`/rest/v1/orders?filter[code]=${code}`));
    const { statements } = await report();
    const slow = statements.find(({ requests }) => requests.some(({ request }) => request.endsWith("?filter[code]")));
    expect(slow).toMatchObject({ count: 2, requests: [{ count: 2 }] });
  });

  test("are not there for what was fast", async () => {
    const before = (await report()).statements.length;
    await app.fetch("/rest/v1/customers?sort=name");
    expect((await report()).statements).toHaveLength(before);
  });

  test("are asked for in one way only", async () => {
    expect((await app.admin("POST", "/slow-statements")).status).toBe(405);
    expect((await app.admin("POST", "/slow-statements/nothing/explain")).status).toBe(404);
    expect((await app.admin("GET", "/slow-statements/nothing/other")).status).toBe(404);
  });
});
