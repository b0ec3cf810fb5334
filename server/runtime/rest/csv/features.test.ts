import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { attribute, belongsTo, option, resource } from "#lib/compile/testing/modelParts.ts";
import type { Model } from "#lib/model/types.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";

const states = { kind: "choice", options: [option("open"), option("done")] } as const;

const model: Model = {
  app: { name: "Ledger" },
  resources: [
    resource("Branch", {
      plural: "branches",
      key: attribute("id", { type: { kind: "integer" }, required: true, unique: true }),
      policies: [{ effect: "allow", actions: ["*"], expression: "true" }],
    }),
    resource("Entry", {
      plural: "entries",
      attributes: [
        attribute("code", { type: { kind: "text" }, unique: true }),
        attribute("text", { type: { kind: "text" } }),
        attribute("state", { type: states, required: true, default: { kind: "literal", value: "open" } }),
        attribute("origin", { type: { kind: "text" }, writable: "writeOnce" }),
        attribute("number", { type: { kind: "sequence", pattern: "{000}", gapless: true } }),
      ],
      relationships: [{ ...belongsTo("branch", "Branch"), required: true }],
      states: { attribute: "state", transitions: [{ action: "finish", from: ["open"], to: "done" }] },
      policies: [{ effect: "allow", actions: ["*"], expression: "true" }],
      features: {
        tenant: "branch",
        history: true,
        softDelete: { column: "deleted_at" },
        versioned: { column: "version", required: false },
        timestamps: { createdColumn: "created_at", updatedColumn: "updated_at" },
      },
    }),
  ],
};

let app: ServedApp;

beforeAll(async () => {
  app = await servedApp(model);
  await app.sql`insert into branches (id) values (1), (2)`;
});

afterAll(() => app[Symbol.asyncDispose]());

beforeEach(() => app.sql`truncate entries, gantry_history, gantry_counters`);

async function send(method: "POST" | "PUT", path: string, lines: readonly string[]) {
  const actor = JSON.stringify({ id: "7", kind: "user", roles: [], tenant: "1" });
  const response = await app.fetch(`/rest/v1${path}`, {
    method,
    headers: { "content-type": "text/csv", "gantry-act-as": actor },
    body: lines.map((line) => `${line}\r\n`).join(""),
  });
  return { status: response.status, body: (await response.json()) as { readonly errors: readonly object[] } };
}

interface Entry {
  readonly code: string;
  readonly text: string;
  readonly branch: number;
  readonly version: number;
  readonly origin: string | null;
  readonly deleted: boolean;
}

const entries = async (): Promise<readonly Entry[]> => [
  ...(await app.sql<Entry[]>`
    select code, text, branch_id as branch, version::int, origin, deleted_at is not null as deleted
    from entries order by code, deleted_at nulls first`),
];

test("New records belong to the tenant of who sends them, have versions and a history", async () => {
  expect((await send("POST", "/entries", ["code,text", "a,one", "b,two"])).status).toBe(201);
  expect(await entries()).toMatchObject([
    { code: "a", branch: 1, version: 1 },
    { code: "b", branch: 1, version: 1 },
  ]);
  const told = await app.sql`select action, actor from gantry_history`;
  expect(told).toHaveLength(2);
  expect(told[0]).toMatchObject({ action: "create", actor: "7" });
  const foreign = await send("POST", "/entries", ["code,branchId", "c,1", "d,2"]);
  expect([foreign.status, foreign.body.errors]).toMatchObject([403, [{ line: 3, rule: "policy" }]]);
});

test("Changed records get another version, keep what is given once, and those that are gone are not found", async () => {
  await send("POST", "/entries", ["code,text,origin", "a,one,here", "b,two,here"]);
  await app.sql`update entries set deleted_at = now() where code = 'b'`;
  const table = ["code,text,origin", "a,changed,there", "b,anew,there", "c,new,there"];
  expect(await send("PUT", "/entries?by=code", table)).toMatchObject({
    status: 200,
    body: { created: 2, updated: 1, failed: 0 },
  });
  expect(await entries()).toEqual([
    { code: "a", text: "changed", branch: 1, version: 2, origin: "here", deleted: false },
    { code: "b", text: "anew", branch: 1, version: 1, origin: "there", deleted: false },
    expect.objectContaining({ code: "b", deleted: true }),
    { code: "c", text: "new", branch: 1, version: 1, origin: "there", deleted: false },
  ]);
  const told = await app.sql`select actor from gantry_history where actor = '7'`;
  expect(told).toHaveLength(5);
});

test("New records start in the first state", async () => {
  const { status, body } = await send("POST", "/entries", ["code,state", "a,open", "b,done", "c,"]);
  expect([status, body.errors]).toMatchObject([422, [{ line: 3, field: "state", rule: "state", allowed: ["open"] }]]);
  expect((await send("POST", "/entries", ["code,state", "a,open", "c,"])).status).toBe(201);
});

test("Numbers without gaps have none where some of the rows are there already", async () => {
  await send("POST", "/entries", ["code", "a", "c", "e"]);
  const { body } = await send("PUT", "/entries?by=code", ["code,text", "a,1", "b,2", "c,3", "d,4", "e,5", "f,6"]);
  expect(body).toMatchObject({ created: 3, updated: 3 });
  const found = await app.sql<{ code: string; number: string }[]>`select code, number from entries order by number`;
  expect(found.map(({ code, number }) => `${number} ${code}`)).toEqual([
    "001 a",
    "002 c",
    "003 e",
    "004 b",
    "005 d",
    "006 f",
  ]);
  await send("POST", "/entries", ["code", "g"]);
  expect((await app.sql`select number from entries where code = 'g'`)[0]?.number).toBe("007");
});
