import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Sources } from "#lib/model/sources.ts";
import { type RuntimeProcess, startRuntimeProcess } from "#server/deploy/testing/startRuntimeProcess.ts";
import { createApiKey, revokeApiKey } from "./service.ts";
import { type Stage, startStage, type TestProject } from "./testing/startStage.ts";

let stage: Stage<RuntimeProcess>;

beforeAll(async () => {
  stage = await startStage(await startRuntimeProcess());
});

afterAll(() => stage[Symbol.asyncDispose]());

const config = `import { app } from "gantry";\nexport default app({ name: "Shop" });\n`;

const first: Sources = {
  "gantry.config.ts": config,
  "domain/customer.ts": `import { resource, text } from "gantry";
export default resource("Customer", { attributes: { name: text({ required: true }) } });
`,
  "domain/order.ts": `import { belongsTo, decimal, generated, integer, resource, text } from "gantry";
export default resource("Order", {
  key: integer({ default: generated() }),
  attributes: { code: text({ unique: true }), freight: decimal({ precision: 8, scale: 2 }) },
  relationships: { customer: belongsTo("Customer") },
});
`,
  "seeds/customer.json": JSON.stringify([{ id: "00000000-0000-4000-8000-000000000001", name: "VINET" }]),
  "seeds/order.json": JSON.stringify([
    { id: 10248, code: "A", freight: "32.38", customerId: "00000000-0000-4000-8000-000000000001" },
  ]),
};

/** Renames, widens, adds of every kind, makes unique what was not, and retires. */
const second: Sources = {
  ...first,
  "domain/customer.ts": `import { boolean, resource, text, uuid } from "gantry";
export default resource("Customer", {
  attributes: {
    name: text(),
    preferred: boolean({ required: true, default: false }),
    token: uuid({ required: true, default: uuid() }),
  },
});
`,
  "domain/order.ts": `import { belongsTo, decimal, generated, hasMany, integer, resource, text, timestamp, now } from "gantry";
export default resource("Order", {
  key: integer({ default: generated() }),
  attributes: {
    code: text({ unique: true }),
    shippingCost: decimal({ column: "freight", precision: 12, scale: 2 }),
    createdAt: timestamp({ required: true, default: now() }),
  },
  relationships: {
    customer: belongsTo("Customer", { onDelete: "setNull" }),
    replaces: belongsTo("Order"),
    lines: hasMany("Line", { via: "order" }),
  },
  indexes: [["-createdAt"]],
});
`,
  "domain/line.ts": `import { belongsTo, integer, resource } from "gantry";
export default resource("Line", {
  attributes: { quantity: integer({ required: true, min: 1 }) },
  relationships: { order: belongsTo("Order", { required: true, onDelete: "cascade" }) },
});
`,
};

function client(project: TestProject, key: string) {
  const base = stage.runtime.appUrl(`${project.slug}-production`);
  return async (method: string, path: string, body?: object) => {
    const response = await fetch(`${base}/rest/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? null : JSON.parse(text) };
  };
}

describe("an app that is deployed", () => {
  test("answers under a loop of reads and writes without one failure while its next release goes live", async () => {
    const project = await stage.project(first);
    const { apiKey } = await createApiKey(project.environmentId, { name: "loop" });
    expect(await project.deploy()).toMatchObject({ state: "live" });
    const call = client(project, apiKey);
    expect((await call("GET", "orders/10248")).body).toMatchObject({ id: 10248, freight: "32.38" });

    const answers: string[] = [];
    let isOver = false;
    const loops = Array.from({ length: 3 }, async (_, loop) => {
      for (let round = 0; !isOver; round += 1) {
        const made = await call("POST", "orders", { code: `${loop}-${round}` });
        const { id } = made.body;
        const calls = [
          made,
          await call("GET", `orders/${id}`),
          await call("PATCH", `orders/${id}`, { code: `${loop}-${round}!` }),
          await call("GET", "orders?page[size]=5"),
          await call("POST", "customers", { name: `${loop}-${round}` }),
        ];
        answers.push(...calls.map(({ status, body }) => (status < 300 ? "ok" : `${status} ${JSON.stringify(body)}`)));
      }
    });
    await project.commit(second);
    const ended = await project.deploy();
    isOver = true;
    await Promise.all(loops);
    expect(ended.failure).toBeNull();
    expect(ended).toMatchObject({ state: "live", release: 2 });
    expect(answers.length).toBeGreaterThan(20);
    expect([...new Set(answers)]).toEqual(["ok"]);

    expect((await call("GET", "orders/10248")).body).toMatchObject({ id: 10248, code: "A", shippingCost: "32.38" });
    const { body: customers } = await call("GET", "customers?page[size]=100");
    expect(
      customers.data.every(
        (row: { preferred: unknown; token: unknown }) => row.preferred === false && typeof row.token === "string",
      ),
    ).toBe(true);
    expect(await call("POST", "lines", { orderId: 10248, quantity: 2 })).toMatchObject({ status: 201 });
  }, 90_000);

  test("answers nobody without a key, nor with one that was revoked", async () => {
    const project = await stage.project(first);
    await project.deploy();
    const { id, apiKey } = await createApiKey(project.environmentId, { name: "short-lived" });
    expect((await client(project, apiKey)("GET", "orders")).status).toBe(200);
    expect((await client(project, "gk_wrong")("GET", "orders")).status).toBe(401);
    await revokeApiKey(project.environmentId, id);
    expect((await client(project, apiKey)("GET", "orders")).status).toBe(401);
  });
});
