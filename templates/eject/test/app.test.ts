import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { routesOf } from "#lib/codegen/eject/routesOf.ts";
import { readTestFiles } from "#lib/model/tests/readTestFiles.ts";
import type { Runtime } from "#server/runtime/host/startRuntime.ts";
import { runTests } from "#server/runtime/tests/runTests.ts";
import { createApiKey } from "../src/apiKeys.ts";
import { expandDatabase } from "../src/database.ts";
import { encryptionOf } from "../src/encryption.ts";
import { readApp } from "../src/readApp.ts";
import { serve } from "../src/serve.ts";
import { type Scratch, scratch } from "./scratch.ts";

const app = await readApp();
let place: Scratch;
before(async () => {
  place = await scratch();
});
after(() => place.remove());

test("the app's own tests hold", async () => {
  const { files } = readTestFiles(app.files);
  const { ownerDatabaseUrl: databaseUrl } = place.settings;
  await expandDatabase(databaseUrl, { ...app, files: {} });
  const encryption = await encryptionOf(place.settings);
  const { results } = await runTests({ model: app.model, databaseUrl, encryption, tests: files });
  const red = results.filter(({ state }) => state === "failed").map(({ id, reason }) => `${id}: ${reason}`);
  assert.deepEqual(red, []);
});

describe("the API", () => {
  let runtime: Runtime;
  let key: string;
  before(async () => {
    key = await createApiKey(place.settings.apiKeysFile, { name: "test", roles: null });
    runtime = await serve(await expandDatabase(place.settings.ownerDatabaseUrl, app), place.settings);
  });
  after(() => runtime.stop());

  const get = (path: string, headers: Record<string, string> = { authorization: `Bearer ${key}` }) =>
    fetch(`http://127.0.0.1:${runtime.port}${path}`, { headers });

  test("is there, and nobody gets in without a key or a right", async () => {
    assert.equal((await get("/readyz")).status, 200);
    assert.equal((await get("/rest/v1/nothing", {})).status >= 400, true);
  });

  test("documents itself, and every list that it documents answers", async () => {
    const document = (await (await get("/openapi.json")).json()) as { paths: Record<string, object> };
    const all = routesOf(app.model).map(({ route }) => route);
    const lists = all.filter((route) => /^GET \/rest\/v1\/[^/{:]+$/.test(route));
    for (const route of lists) {
      const path = route.slice("GET ".length);
      assert.ok(path in document.paths, `${path} is documented`);
      assert.equal((await get(path)).status, 200, path);
    }
  });
});
