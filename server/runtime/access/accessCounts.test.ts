import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import type { Model, Policy } from "#lib/model/types.ts";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { aSpec, type TestRuntime, testRuntime } from "../host/testing/testRuntime.ts";

const policies: readonly Policy[] = [
  { effect: "allow", actions: ["read"], expression: "'sales' in actor.roles && city == 'Berlin'" },
];
const model: Model = {
  ...salesModel,
  app: { ...salesModel.app, roles: [{ name: "sales" }, { name: "manager" }] },
  resources: salesModel.resources.map((one) => (one.name === "Company" ? { ...one, policies } : one)),
};

let database: ModelDatabase;
let runtime: TestRuntime;

beforeAll(async () => {
  database = await modelDatabase(model);
  await database.sql`insert into companies (name, city) values ('A', 'Berlin'), ('B', 'Berlin'), ('C', 'Ulm'), ('D', null)`;
  runtime = await testRuntime();
  await runtime.put(aSpec(model, { databaseUrl: database.url }));
});
afterAll(async () => {
  await runtime[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const ask = (body: unknown) => runtime.admin("POST", "/environments/one/access-counts", body);
const read = (expression: string): Policy => ({ effect: "allow", actions: ["read"], expression });

async function countsOf(...tried: readonly Policy[]): Promise<readonly string[]> {
  const response = await ask({ resources: [{ resource: "Company", policies: tried }], roles: ["sales", "manager"] });
  expect(response.status).toBe(200);
  const { counts } = await response.json();
  return counts.map(
    ({ asker, before, after }: { asker: { kind: string; role: string | null }; before: number; after: number }) =>
      `${asker.role ?? asker.kind}: ${before} to ${after}`,
  );
}

describe("whom other policies let read how much is counted, and nothing is shown", () => {
  test("for each role, those without one and those not known", async () => {
    expect(await countsOf(read("'sales' in actor.roles"), read("'manager' in actor.roles && city != null"))).toEqual([
      "sales: 2 to 4",
      "manager: 0 to 3",
      "user: 0 to 0",
      "anonymous: 0 to 0",
    ]);
    expect(await countsOf(read("true"))).toEqual([
      "sales: 2 to 4",
      "manager: 0 to 4",
      "user: 0 to 4",
      "anonymous: 0 to 4",
    ]);
    expect(await countsOf()).toEqual(["sales: 2 to 0", "manager: 0 to 0", "user: 0 to 0", "anonymous: 0 to 0"]);
  });

  test("what cannot be understood is not known", async () => {
    expect(await countsOf(read("nothing == 'there'"))).toContain("sales: 2 to null");
  });

  test("what is no question is refused", async () => {
    expect((await ask({ resources: "all" })).status).toBe(422);
    expect((await runtime.admin("GET", "/environments/one/access-counts")).status).toBe(405);
    expect((await runtime.admin("POST", "/environments/none/access-counts", { resources: [], roles: [] })).status).toBe(
      404,
    );
  });
});
