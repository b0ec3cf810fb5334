import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readModel } from "#lib/model/read/readModel.ts";
import type { Model } from "#lib/model/types.ts";
import { testDatabase } from "#tests/support/postgres.ts";
import { type ServedTemplate, servedTemplate, templateSources } from "#tests/support/servedTemplate.ts";
import { ejectFiles } from "./ejectFiles.ts";
import { Comparable } from "./testing/comparable.ts";
import { EjectedApp } from "./testing/EjectedApp.ts";
import { type Asked, requestsOf } from "./testing/requestsOf.ts";

const root = join(import.meta.dirname, "../../..");
let folder: string;
let database: Awaited<ReturnType<typeof testDatabase>>;
let hosted: ServedTemplate;
let ejected: EjectedApp;
let model: Model;

beforeAll(async () => {
  [folder, database, hosted] = await Promise.all([
    mkdtemp(join(tmpdir(), "gantry-ejected-")),
    testDatabase(),
    servedTemplate("crm"),
  ]);
  const sources = await templateSources("crm");
  const read = readModel(sources);
  if (!read.model) throw new Error("The template has problems.");
  model = read.model;
  const files = [...Object.entries(sources), ...(await ejectFiles(model, { root, name: "crm", release: 1 }))];
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  ejected = new EjectedApp(folder, database.url);
  await ejected.npm("install", "--prefer-offline", "--no-audit", "--no-fund", "--include=dev", "--include=optional");
}, 300_000);

afterAll(async () => {
  await ejected?.[Symbol.asyncDispose]();
  await hosted?.[Symbol.asyncDispose]();
  await database?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

test("its types are clean under strict, the engine's with them", async () => {
  await expect(ejected.npm("run", "check")).resolves.toContain("tsc");
}, 300_000);

test("its own tests are green", async () => {
  expect(await ejected.npm("test")).toMatch(/fail 0/);
}, 120_000);

test("it answers as the hosted app does, to everything that it is asked", async () => {
  await ejected.allow(hosted.app.key);
  await ejected.start();
  const rows = new Map<string, readonly string[]>();
  for (const { name, table, key } of model.resources) {
    const found = await hosted.app.sql.unsafe(`select "${key.column}"::text as id from "${table}" order by 1`);
    rows.set(
      name,
      found.map(({ id }) => String(id)),
    );
  }
  const one = new Comparable(hosted.app.url);
  const other = new Comparable(ejected.url);
  const asked = requestsOf(model, rows);
  expect(asked.length).toBeGreaterThan(1500);
  const differences: string[] = [];
  const statuses = new Set<number>();
  for (const request of asked) {
    const [here, there] = await Promise.all([send(hosted.app.url, request), send(ejected.url, request)]);
    statuses.add(here.status);
    const [answer, same] = [await one.of(here), await other.of(there)];
    if (answer !== same)
      differences.push(`${request.method} ${request.path}\n${request.body ?? ""}\n${answer}\n${same}`);
  }
  expect(differences.slice(0, 3)).toEqual([]);
  expect([...statuses].sort()).toEqual(expect.arrayContaining([200, 201, 400, 401, 403, 404, 406, 422]));
  expect([...statuses].filter((status) => status >= 500)).toEqual([]);
}, 300_000);

function send(url: string, { method, path, headers, body }: Asked): Promise<Response> {
  const all = { authorization: `Bearer ${hosted.app.key}`, ...headers };
  return fetch(url + path, { method, headers: all, ...(body !== undefined && { body }) });
}

test("a route that is taken out of its file is not there any more, and the others are", async () => {
  await ejected[Symbol.asyncDispose]();
  const text = await readFile(join(folder, "routes/deals.ts"), "utf8");
  await writeFile(join(folder, "routes/deals.ts"), text.replace(/^.*"POST \/rest\/v1\/deals\/\{id\}\/win".*\n/m, ""));
  await ejected.start();
  const [deal] = await hosted.app.sql`select id from deals limit 1`;
  const asked = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
  expect((await send(ejected.url, { ...asked, path: `/rest/v1/deals/${deal?.id}/win` })).status).toBe(404);
  expect((await send(ejected.url, { ...asked, path: `/rest/v1/deals/${deal?.id}/lose` })).status).not.toBe(404);
  expect((await send(ejected.url, { method: "GET", path: "/rest/v1/deals" })).status).toBe(200);
}, 60_000);
