import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aSpec, testRuntime } from "../host/testing/testRuntime.ts";
import type { Json } from "../rest/testing/restClient.ts";
import { admin, ann, bob, companyId, dealId, type OfficeApp, officeApp, personId } from "./testing/officeApp.ts";
import { officeModel } from "./testing/officeModel.ts";

let app: OfficeApp;

beforeAll(async () => {
  app = await officeApp();
});
afterAll(() => app[Symbol.asyncDispose]());

async function explain(question: unknown, headers: Record<string, string> = {}): Promise<Json> {
  const response = await app.fetch("/policies/explain", { method: "POST", headers, body: JSON.stringify(question) });
  return { status: response.status, body: await response.json() };
}

describe("an explanation", () => {
  test("names the policy that allows, and says what each comes to", async () => {
    const { body } = await explain({ resource: "Deal", action: "read", id: dealId(3), actor: ann });
    expect(body).toMatchObject({ allowed: true, decided: { by: "policy", index: 1 } });
    expect(body.policies).toMatchObject([
      { index: 0, effect: "allow", outcome: "false", fixed: true },
      {
        index: 1,
        effect: "allow",
        outcome: "true",
        fixed: false,
        expression: "owner == actor.id || company.owner == actor.id",
      },
    ]);
    expect(body.reason).toMatch(/^Allowed where .*company.*owner.*which is so\.$/);
    expect(body.fields).toContainEqual({ name: "amount", read: false, write: true, policies: [0] });
    expect(body.fields).toContainEqual({ name: "code", read: true, write: false, policies: [1] });
  });

  test("names what forbids, what is not known, and that nothing allows", async () => {
    const won = await explain({ resource: "Deal", action: "destroy", id: dealId(2), actor: ann });
    expect(won.body).toMatchObject({ allowed: false, decided: { by: "policy", index: 4 } });
    expect(won.body.reason).toMatch(/^Forbidden where the stage is won, which is so\.$/);
    const unowned = await explain({ resource: "Deal", action: "read", id: dealId(5), actor: ann });
    expect(unowned.body).toMatchObject({ allowed: false, decided: { by: "default" } });
    expect(unowned.body.policies.map(({ outcome }: Json) => outcome)).toEqual(["false", "unknown"]);
    const log = await explain({ resource: "Log", action: "create", input: {}, actor: admin });
    expect(log.body).toMatchObject({
      decided: { by: "default" },
      reason: "Not allowed: no policy allows create of Log records.",
    });
  });

  test("of a change says first whether the record may be read", async () => {
    const { body } = await explain({ resource: "Deal", action: "update", id: dealId(4), actor: ann });
    expect(body).toMatchObject({ allowed: false, decided: { by: "read", decided: { by: "default" } } });
  });

  test("of a new record takes it as it would be", async () => {
    const question = { resource: "Deal", action: "create", actor: ann };
    const own = await explain({ ...question, input: { title: "x", ownerId: personId(1) } });
    expect(own.body).toMatchObject({ allowed: true, decided: { by: "policy", index: 2 } });
    const other = await explain({ ...question, input: { title: "x", ownerId: personId(2), companyId: companyId(1) } });
    expect(other.body.allowed).toBe(false);
    const wrong = await explain({ ...question, input: { titel: "x" } });
    expect(wrong.body.code).toBe("unknown_field");
  });

  test("agrees with what happens", async () => {
    for (const actor of [ann, bob, admin]) {
      for (const number of [1, 2, 3, 4, 5]) {
        const { body } = await explain({ resource: "Deal", action: "read", id: dealId(number), actor });
        const { status } = await app.get(actor, `/deals/${dealId(number)}`);
        expect(status).toBe(body.allowed ? 200 : 404);
      }
    }
  });

  test("of a service key says that policies do not concern it", async () => {
    const { body } = await explain({ resource: "Log", action: "read", id: dealId(1) });
    expect(body).toMatchObject({ allowed: true, decided: { by: "key" } });
  });

  test("is refused for what there is not", async () => {
    expect((await explain({ resource: "Deal", action: "read", id: dealId(9), actor: ann })).status).toBe(404);
    expect((await explain({ resource: "Deals", action: "read", id: dealId(1) })).status).toBe(400);
    expect((await explain({ resource: "Deal", action: "sing", id: dealId(1) })).status).toBe(400);
    expect((await explain({ resource: "Deal", action: "read" })).status).toBe(400);
    expect(
      (await explain({ resource: "Deal", action: "read", id: dealId(1), actor: { roles: ["boss"] } })).status,
    ).toBe(400);
    expect((await app.fetch("/policies/explain")).status).toBe(405);
  });
});

describe("acting as others", () => {
  test("takes an actor as JSON or as base64url of it, checked by the model", async () => {
    const get = async (header: string) => {
      const response = await app.fetch("/rest/v1/deals", { headers: { "gantry-act-as": header } });
      return { status: response.status, body: (await response.json()) as Json };
    };
    const json = JSON.stringify({ ...ann, attributes: { level: 1, name: "Ann" } });
    expect((await get(json)).body.data).toHaveLength(3);
    expect((await get(Buffer.from(json).toString("base64url"))).body.data).toHaveLength(3);
    for (const [actor, field] of [
      ["{", "Gantry-Act-As"],
      [JSON.stringify({ roles: ["boss"] }), "Gantry-Act-As.roles.0"],
      [JSON.stringify({ id: "ann" }), "Gantry-Act-As.id"],
      [JSON.stringify({ attributes: { level: "high" } }), "Gantry-Act-As.attributes.level"],
      [JSON.stringify({ attributes: { __proto__x: 1 } }), "Gantry-Act-As.attributes.__proto__x"],
      [JSON.stringify({ unrestricted: true }), "Gantry-Act-As"],
      [JSON.stringify({ kind: "god" }), "Gantry-Act-As.kind"],
    ] as const) {
      const { status, body } = await get(actor);
      expect([status, body.code, body.errors[0].field]).toEqual([400, "invalid_request", field]);
    }
  });

  test("is refused for keys that may not, and keys with roles are judged by policies", async () => {
    await using runtime = await testRuntime();
    const hash = (key: string) => createHash("sha256").update(key).digest("hex");
    const apiKeys = [
      { id: "a", hash: hash("gk_admin"), expiresAt: null, roles: ["admin"] },
      { id: "b", hash: hash("gk_service"), expiresAt: null },
      { id: "c", hash: hash("gk_none"), expiresAt: null, roles: [], actAs: true },
    ];
    await runtime.put(aSpec(officeModel, { databaseUrl: app.statements.url, apiKeys }));
    const get = async (key: string, path: string, headers = {}) => {
      const url = `http://127.0.0.1:${runtime.runtime.port}/apps/one${path}`;
      const response = await fetch(url, { headers: { authorization: `Bearer ${key}`, ...headers } });
      return response.status;
    };
    expect(await get("gk_admin", "/rest/v1/deals")).toBe(200);
    expect(await get("gk_admin", "/rest/v1/logs")).toBe(403);
    expect(await get("gk_service", "/rest/v1/logs")).toBe(200);
    expect(await get("gk_none", "/rest/v1/deals")).toBe(403);
    const asAdmin = { "gantry-act-as": JSON.stringify(admin) };
    expect(await get("gk_none", "/rest/v1/deals", asAdmin)).toBe(200);
    expect(await get("gk_service", "/rest/v1/deals", asAdmin)).toBe(403);
    expect(await get("gk_admin", "/rest/v1/deals", asAdmin)).toBe(403);
    expect(await get("", "/rest/v1/deals", asAdmin)).toBe(403);
    const ask = (key: string) =>
      fetch(`http://127.0.0.1:${runtime.runtime.port}/apps/one/policies/explain`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}` },
        body: JSON.stringify({ resource: "Deal", action: "read", id: dealId(1) }),
      });
    expect((await ask("gk_admin")).status).toBe(403);
    expect((await ask("gk_none")).status).toBe(200);
  });
});
