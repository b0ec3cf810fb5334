import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { EncryptionSpec } from "#lib/compile/Snapshot.ts";
import { attribute, belongsTo, resource } from "#lib/compile/testing/modelParts.ts";
import type { Model } from "#lib/model/types.ts";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { aSpec, type TestRuntime, testKey, testRuntime } from "../host/testing/testRuntime.ts";
import { FieldCipher } from "./FieldCipher.ts";

const encrypted = { kind: "encrypted" } as const;

const model: Model = {
  app: { name: "Patients" },
  resources: [
    resource("Patient", {
      plural: "patients",
      attributes: [
        attribute("name", { type: { kind: "text" }, unique: true }),
        attribute("diagnosis", { type: encrypted, maxLength: 40, column: "d" }),
        attribute("remark", { type: encrypted }),
        attribute("extra", { type: { kind: "json" } }),
      ],
      relationships: [
        belongsTo("mother", "Patient"),
        { kind: "hasMany", name: "children", target: "Patient", via: "mother" },
      ],
    }),
  ],
};

const key = () => randomBytes(32).toString("base64url");
const first = { id: "k1", key: key() };
const second = { id: "k2", key: key() };

let tables: ModelDatabase;
let runtime: TestRuntime;

const deploy = (release: number, encryption: EncryptionSpec | null) =>
  runtime.put(aSpec(model, { databaseUrl: tables.url, release, ...(encryption && { encryption }) }));

beforeAll(async () => {
  tables = await modelDatabase(model);
  runtime = await testRuntime();
});
afterAll(async () => {
  await runtime[Symbol.asyncDispose]();
  await tables[Symbol.asyncDispose]();
});

async function send(method: string, path: string, body?: unknown) {
  const response = await fetch(`http://127.0.0.1:${runtime.runtime.port}/apps/one${path}`, {
    method,
    headers: { "x-api-key": testKey, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

const stored = async () =>
  tables.sql<
    { name: string; d: string | null; remark: string | null }[]
  >`select name, d, remark from patients order by name`;

test("an app with encrypted attributes is not served without a key", async () => {
  expect(await deploy(1, null)).toMatchObject({ state: "failed", reason: expect.stringContaining("no key") });
});

test("values are opened for callers and sealed in the database", async () => {
  expect(await deploy(2, { keys: [first], current: "k1" })).toMatchObject({ state: "ready" });
  const anna = await send("POST", "/rest/v1/patients", { name: "anna", diagnosis: "flu 🤧", extra: { n: 1 } });
  expect(anna).toMatchObject({ status: 201, body: { diagnosis: "flu 🤧", remark: null } });
  const children = [
    { name: "bert", diagnosis: "cold", motherId: anna.body.id },
    { name: "cleo", motherId: anna.body.id },
  ];
  expect((await send("POST", "/rest/v1/patients", children)).body).toMatchObject([
    { diagnosis: "cold" },
    { diagnosis: null },
  ]);
  const changed = await send("PATCH", `/rest/v1/patients/${anna.body.id}?include=children`, { remark: "keeps bees" });
  expect(changed.body).toMatchObject({ diagnosis: "flu 🤧", remark: "keeps bees" });
  expect(changed.body.children).toHaveLength(2);
  for (const { d, remark } of await stored()) {
    for (const value of [d, remark]) expect(value ?? "v1.k1.").toMatch(/^v1\.k1\./);
  }
  const list = await send("GET", "/rest/v1/patients?sort=name&include=mother&count=exact");
  expect(list.body).toMatchObject({
    data: [
      { name: "anna", diagnosis: "flu 🤧", mother: null },
      { name: "bert", diagnosis: "cold", mother: { diagnosis: "flu 🤧" } },
      { name: "cleo", diagnosis: null, mother: { remark: "keeps bees" } },
    ],
    count: 3,
  });
});

test("through GraphQL too, under the names asked for", async () => {
  const query = `{ patients(orderBy: [{ name: ASC }], first: 2) {
    edges { node { secret: diagnosis children(first: 1) { nodes { diagnosis } } } } pageInfo { hasNextPage } } }`;
  const { body } = await send("POST", "/graphql", { query });
  expect(body.data.patients).toMatchObject({
    edges: [
      { node: { secret: "flu 🤧", children: { nodes: [{}] } } },
      { node: { secret: "cold", children: { nodes: [] } } },
    ],
    pageInfo: { hasNextPage: true },
  });
  const create = `mutation { createPatient(input: { name: "dora", diagnosis: "x" }) { result { a: diagnosis } } }`;
  expect((await send("POST", "/graphql", { query: create })).body.data.createPatient.result).toEqual({ a: "x" });
});

test("an upsert seals and opens like any other change", async () => {
  const put = (diagnosis: string) => send("PUT", "/rest/v1/patients?by=name", { name: "dora", diagnosis });
  expect(await put("y")).toMatchObject({ status: 200, body: { diagnosis: "y" } });
  const dora = (await stored()).find(({ name }) => name === "dora");
  expect(dora?.d).toMatch(/^v1\.k1\./);
});

test("limits hold for the text itself; filters and sorts are refused", async () => {
  const long = await send("POST", "/rest/v1/patients", { diagnosis: "x".repeat(41) });
  expect(long.body.errors).toMatchObject([{ field: "diagnosis", rule: "maxLength" }]);
  const filtered = await send("GET", "/rest/v1/patients?filter[diagnosis][eq]=cold");
  expect(filtered).toMatchObject({ status: 400, body: { errors: [{ rule: "operator", allowed: ["isNull"] }] } });
  const sorted = await send("GET", "/rest/v1/patients?sort=diagnosis");
  expect(sorted).toMatchObject({ status: 400, body: { errors: [{ rule: "encrypted" }] } });
  expect((await send("GET", "/rest/v1/patients?filter[diagnosis][isNull]=true")).body.data).toHaveLength(1);
});

test("a sealed value opens in its own field only", async () => {
  const [anna] = await stored();
  await tables.sql`update patients set name = ${anna?.d ?? ""} where name = 'cleo'`;
  const { body } = await send("GET", "/rest/v1/patients?fields=name");
  expect(body.data.map(({ name }: { name: string }) => name)).toContain(anna?.d);
  await tables.sql`update patients set remark = d where name = 'bert'`;
  expect((await send("GET", "/rest/v1/patients")).status).toBe(500);
  await tables.sql`update patients set remark = null where name = 'bert'`;
});

test("a new key seals what is written, the old one opens what was, and a run over all rows replaces it", async () => {
  await deploy(3, { keys: [first, second], current: "k2" });
  await send("POST", "/rest/v1/patients", { name: "emil", diagnosis: "new" });
  const before = await send("GET", "/rest/v1/patients?sort=name&fields=diagnosis,remark");
  const response = await runtime.admin("POST", "/environments/one/reencrypt");
  expect([response.status, await response.json()]).toEqual([200, { values: 4 }]);
  for (const { d, remark } of await stored()) {
    for (const value of [d, remark]) expect(value ?? "v1.k2.").toMatch(/^v1\.k2\./);
  }
  await deploy(4, { keys: [second], current: "k2" });
  expect((await send("GET", "/rest/v1/patients?sort=name&fields=diagnosis,remark")).body).toEqual(before.body);
});

test("nothing that was altered is opened", () => {
  const cipher = new FieldCipher({ keys: [first], current: "k1" });
  const sealed = cipher.seal("text", "a.b");
  expect(cipher.open(sealed, "a.b")).toBe("text");
  expect(cipher.seal("text", "a.b")).not.toBe(sealed);
  expect(() => cipher.open(sealed, "a.c")).toThrow();
  expect(() => cipher.open(`${sealed.slice(0, -2)}AA`, "a.b")).toThrow();
  expect(() => new FieldCipher({ keys: [second], current: "k2" }).open(sealed, "a.b")).toThrow("no key k1");
  expect(() => cipher.open("text", "a.b")).toThrow("no sealed value");
});
