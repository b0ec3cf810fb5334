import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readModel } from "#lib/model/read/readModel.ts";
import type { Sources } from "#lib/model/sources.ts";
import { adminSecret } from "#server/deploy/testing/startAdminServer.ts";
import { type RuntimeProcess, startRuntimeProcess } from "#server/deploy/testing/startRuntimeProcess.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { sweepScratchDatabases } from "../environments/service.ts";
import { runGate } from "./service.ts";
import { shopFiles } from "./testing/shopFiles.ts";

let control: TestControlPlane;
let runtime: RuntimeProcess;

beforeAll(async () => {
  runtime = await startRuntimeProcess();
  control = await testControlPlane({
    GANTRY_RUNTIME_ADMIN_URL: runtime.url,
    GANTRY_RUNTIME_ADMIN_SECRET: adminSecret,
  });
});
afterAll(async () => {
  await control[Symbol.asyncDispose]();
  await runtime[Symbol.asyncDispose]();
});

function modelOf(files: Sources) {
  const { model, problems } = readModel(files);
  if (!model) throw new Error(problems.map(({ message }) => message).join("\n"));
  return model;
}

/** Scratch databases and their roles that are there, of this control plane. */
async function scratch(): Promise<readonly unknown[]> {
  const rows = await control.db.execute(sql`
    select datname as name from pg_database join pg_roles on pg_roles.oid = datdba
    where datname like 'gate\_%' and rolname = current_user
    union select made.rolname from pg_auth_members
    join pg_roles made on made.oid = roleid join pg_roles maker on maker.oid = member
    where made.rolname like 'gate\_%' and maker.rolname = current_user`);
  return [...rows];
}

test("runs an app's tests on a database that is gone afterwards, and says how far it is", async () => {
  const progress: unknown[] = [];
  const results = await runGate({
    model: modelOf(shopFiles),
    files: shopFiles,
    onProgress: (now) => void progress.push(now),
  });
  expect(results.map(({ id, state, reason }) => [id, state, reason])).toEqual(
    [
      "Everybody sees orders",
      "An order is paid once",
      "Only clerks create",
      "A secret can be read again",
      "Nobody but the app destroys",
    ].map((name) => [`orders/${name}`, "passed", undefined]),
  );
  expect(progress).toEqual([
    { done: 0, total: 5 },
    { done: 5, total: 5 },
  ]);
  expect(await scratch()).toEqual([]);
});

test("an app without tests needs no database, and what cannot be read has failed", async () => {
  const { "tests/orders.ts": text = "", ...files } = shopFiles;
  expect(await runGate({ model: modelOf(files), files })).toEqual([]);
  const broken = { ...files, "tests/orders.ts": text.replace("as: anonymous(),", "as: nobody(),") };
  expect(await runGate({ model: modelOf(files), files: broken })).toMatchObject([
    { id: "orders/Everybody sees orders", state: "failed", reason: expect.stringContaining("nobody") },
  ]);
});

test("gates at the same time do not meet", async () => {
  const { "domain/order.ts": order = "", "gantry.config.ts": config = "" } = shopFiles;
  const red: Sources = {
    ...shopFiles,
    "domain/order.ts": order.replace("'clerk'", "'boss'"),
    "gantry.config.ts": config.replace('"clerk"', '"clerk", "boss"'),
  };
  const gates = [shopFiles, red, shopFiles, red].map((files) => runGate({ model: modelOf(files), files }));
  const states = (await Promise.all(gates)).map((results) => results.filter(({ state }) => state === "failed"));
  expect(states.map(({ length }) => length)).toEqual([0, 1, 0, 1]);
  expect(states[1]?.[0]?.reason).toBe(
    "Expected it to be refused with illegal_transition, but it was refused with forbidden: You may not pay Order records.",
  );
  expect(await scratch()).toEqual([]);
});

const program = fileURLToPath(new URL("testing/gateChild.ts", import.meta.url));

function startGate(files: Sources): ChildProcess {
  const child = spawn(process.execPath, [program], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin?.end(JSON.stringify(files));
  return child;
}

test("a gate that is killed leaves nothing after the sweep, which spares those under way", async () => {
  const killed = startGate(shopFiles);
  // It has told that it is about to run, so its database is being made.
  await once(killed.stdout ?? killed, "data");
  while ((await scratch()).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await sweepScratchDatabases()).toEqual([]);
  killed.kill("SIGKILL");
  await once(killed, "exit");
  expect(await scratch()).not.toEqual([]);
  while ((await sweepScratchDatabases()).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await scratch()).toEqual([]);
});

test("a member runs the tests of a branch by hand; to others the project does not exist", async () => {
  const { user, organisation } = await control.person("Ada");
  const other = await control.person("Eve");
  const caller = control.caller(user);
  const { slug: project } = await caller.projects.create({ organisation, name: "Shop", from: { kind: "blank" } });
  const place = { organisation, project, branch: "main" };
  expect(await caller.gate.run(place)).toMatchObject({ commit: expect.stringMatching(/^[0-9a-f]{40}$/), results: [] });
  expect(await caller.gate.progress(place)).toBeNull();
  await expect(control.caller(other.user).gate.run(place)).rejects.toThrow();
  await expect(caller.gate.run({ ...place, branch: "gone" })).rejects.toThrow();
});
