import { execFile } from "node:child_process";
import { readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { eq } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { backups } from "#db/schema/backups.ts";
import { environments } from "#db/schema/environments.ts";
import { memberships, organisations } from "#db/schema/organisations.ts";
import { restores } from "#db/schema/restores.ts";
import type { Sources } from "#lib/model/sources.ts";
import { type RuntimeProcess, startRuntimeProcess } from "#server/deploy/testing/startRuntimeProcess.ts";
import { env } from "#server/env.ts";
import { type S3Server, startS3Server } from "#server/runtime/files/testing/s3Server.ts";
import { signedIn } from "#tests/support/signedIn.ts";
import { createApiKey, requestDeployment } from "../deployments/service.ts";
import { type Stage, startStage, type TestProject } from "../deployments/testing/startStage.ts";
import { createEnvironment, environmentAdminUrl } from "../environments/service.ts";
import { handleDownload } from "./handler.ts";
import { backUpDue } from "./jobs/keepSchedules.ts";
import { sweepExpired, sweepLeftovers } from "./jobs/sweepBackups.ts";
import { type Backup, backUp, backupEnded } from "./service.ts";
import { wholeDatabase } from "./testing/wholeDatabase.ts";

/** From the button to a second environment that answers as the first one did, whatever dies on the way. */

let stage: Stage<RuntimeProcess>;
let s3: S3Server;
let shop: TestProject;

const files: Sources = {
  "gantry.config.ts": `import { app } from "gantry";\nexport default app({ name: "Shop" });\n`,
  "domain/customer.ts": `import { email, encrypted, hasMany, resource, sequence, sum, text } from "gantry";
export default resource("Customer", {
  attributes: { number: sequence("C-{0000}"), name: text({ required: true }), iban: encrypted(), email: email({ unique: true }) },
  relationships: { orders: hasMany("Order", { via: "customer" }) },
  aggregates: { spent: sum("orders.total", { stored: true }) },
  history: true,
});
`,
  "domain/order.ts": `import { belongsTo, decimal, generated, integer, resource } from "gantry";
export default resource("Order", {
  key: integer({ default: generated() }),
  attributes: { total: decimal({ precision: 10, scale: 2 }) },
  relationships: { customer: belongsTo("Customer") },
});
`,
};

beforeAll(async () => {
  [stage, s3] = [await startStage(await startRuntimeProcess()), await startS3Server()];
  shop = await stage.project(files);
  expect((await shop.deploy()).failure).toBeNull();
  const customer = { name: "Ada", iban: "DE02120300000000202051", email: "ada@example.com" };
  const { id } = await answerOf(shop.environmentId, "POST", "customers", customer);
  for (const total of ["12.50", "30.00"])
    await answerOf(shop.environmentId, "POST", "orders", { total, customerId: id });
});

afterAll(async () => {
  await s3[Symbol.asyncDispose]();
  await stage[Symbol.asyncDispose]();
});

const keys = new Map<string, string>();

async function answerOf(environmentId: string, method: string, path: string, body?: object) {
  const [environment] = await stage.control.db.select().from(environments).where(eq(environments.id, environmentId));
  const key = keys.get(environmentId) ?? (await createApiKey(environmentId, { name: "test" })).apiKey;
  keys.set(environmentId, key);
  const response = await fetch(`${stage.runtime.appUrl(environment?.label ?? "")}/rest/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(JSON.stringify(answer));
  return answer;
}

const ada = () => stage.control.caller(stage.user).backups;
const place = () => ({ organisation: stage.organisation, project: shop.slug });

async function made(reason: Backup["reason"] = "contract"): Promise<Backup> {
  const { id } = await backUp(shop.environmentId, { reason, userId: stage.user.id });
  return await backupEnded(id);
}

async function restored(id: string) {
  for (;;) {
    const [restore] = await stage.control.db.select().from(restores).where(eq(restores.id, id));
    if (restore?.state !== "running") return restore;
    await pause(30);
  }
}

async function wholeOf(environmentId: string) {
  const sql = postgres(await environmentAdminUrl(environmentId), { max: 1, onnotice: () => {} });
  try {
    return await wholeDatabase(sql);
  } finally {
    await sql.end();
  }
}

const fileOf = ({ location }: Backup) => join(env().GANTRY_DATA, "backups", location ?? "");

describe("a backup", () => {
  test("becomes a new environment with every row, which answers as the first one", { timeout: 120_000 }, async () => {
    const backup = await made("hand");
    expect(backup).toMatchObject({ state: "done", release: 1, detail: null, expiresAt: null });
    expect(backup.bytes).toBe((await readFile(fileOf(backup))).length);
    const { id } = await ada().restore({ ...place(), id: backup.id, name: "recovered" });
    const restore = await restored(id);
    expect(restore).toMatchObject({ state: "done", detail: null });
    const there = restore?.environmentId ?? "";
    const [one, other] = [await wholeOf(shop.environmentId), await wholeOf(there)];
    const rowsOf = ({ rows }: typeof one) =>
      Object.fromEntries(Object.entries(rows).filter(([table]) => table !== '"gantry"."plans"'));
    expect(rowsOf(other)).toEqual(rowsOf(one));
    expect(other.shape).toEqual(one.shape);
    for (const path of ["customers?fields=number,name,iban,email,spent", "orders"]) {
      expect(await answerOf(there, "GET", path)).toEqual(await answerOf(shop.environmentId, "GET", path));
    }
    // Numbers go on, values are worked out, and what is new does not touch the first one.
    const next = await answerOf(there, "POST", "customers", { name: "Grace", iban: "x" });
    expect(next).toMatchObject({ number: "C-0002" });
    expect((await answerOf(shop.environmentId, "GET", "customers")).data).toHaveLength(1);
    const { data } = await answerOf(there, "GET", "customers?fields=iban");
    expect(data).toContainEqual(expect.objectContaining({ iban: "DE02120300000000202051" }));
  });

  test("downloaded becomes SQL with its key, or with the installation's secrets", { timeout: 60_000 }, async () => {
    const backup = await made();
    const { url, key } = await ada().download({ ...place(), id: backup.id });
    const { cookie } = await signedIn(stage.control.db, stage.user);
    const ask = (cookie: string) => handleDownload(new Request(`http://localhost:3000${url}`, { headers: { cookie } }));
    const response = await ask(cookie);
    expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="app-1-production-[\d-]+\./);
    const file = Buffer.from(await response.arrayBuffer());
    expect(file.equals(await readFile(fileOf(backup)))).toBe(true);
    expect((await ask("")).status).toBe(401);
    const { user: eve } = await stage.control.person("Mallory");
    const other = await signedIn(stage.control.db, eve);
    expect((await ask(other.cookie)).status).toBe(404);

    const [path, secrets] = ["downloaded", "secrets.json"].map((name) => join(env().GANTRY_DATA, name)) as [
      string,
      string,
    ];
    await writeFile(path, file);
    await writeFile(secrets, JSON.stringify({ GANTRY_SECRET: env().GANTRY_SECRET }));
    const program = fileURLToPath(new URL("../../../scripts/backup/main.ts", import.meta.url));
    const run = (...given: string[]) => promisify(execFile)(process.execPath, [program, "backup", ...given]);
    const { stdout } = await run(path, "--key", key);
    expect(stdout).toContain(`COPY "public"."orders"`);
    expect(stdout).toContain("ada@example.com");
    expect(stdout.trimEnd().endsWith("-- This backup is whole.")).toBe(true);
    expect((await run(path, "--secrets", secrets)).stdout).toBe(stdout);
    const wrong = run(path, "--key", Buffer.alloc(32).toString("base64url"));
    await expect(wrong).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("belongs to another key") });
  });

  test("is not restored over an environment, nor of a file that is not whole", { timeout: 60_000 }, async () => {
    const backup = await made();
    const over = ada().restore({ ...place(), id: backup.id, name: "production" });
    await expect(over).rejects.toThrow('This project has an environment "production".');
    const file = await readFile(fileOf(backup));
    await truncate(fileOf(backup), file.length - 20);
    const cut = await restored((await ada().restore({ ...place(), id: backup.id, name: "cut" })).id);
    expect(cut).toMatchObject({ state: "failed", environmentId: null });
    expect(cut?.detail).toContain("This backup cannot be read");
    const turned = Buffer.from(file);
    turned[file.length - 30] = (turned[file.length - 30] ?? 0) ^ 1;
    await writeFile(fileOf(backup), turned);
    const altered = await restored((await ada().restore({ ...place(), id: backup.id, name: "altered" })).id);
    expect(altered).toMatchObject({ state: "failed", environmentId: null });
    const named = eq(environments.projectId, shop.id);
    const names = (await stage.control.db.select().from(environments).where(named)).map(({ name }) => name);
    expect(names).not.toContain("cut");
    expect(names).not.toContain("altered");
  });

  test("goes to S3 and comes back, and leaves nothing when it is deleted", { timeout: 60_000 }, async () => {
    const { endpoint, region, bucket, accessKeyId, secretAccessKey } = s3.options;
    const storage = { endpoint, region, bucket, accessKeyId, secretAccessKey };
    await ada().settings.test({ ...place(), storage });
    await expect(
      ada().settings.test({ ...place(), storage: { ...storage, secretAccessKey: "wrong" } }),
    ).rejects.toThrow("does not take this key");
    await ada().settings.set({ ...place(), cron: null, keepDays: 7, storage });
    const settings = await ada().settings.get(place());
    expect(settings).toMatchObject({ keepDays: 7, storage: { bucket } });
    expect(JSON.stringify(settings)).not.toContain(secretAccessKey);
    const elsewhere = { ...storage, endpoint: "http://127.0.0.1:1", secretAccessKey: null };
    await expect(ada().settings.test({ ...place(), storage: elsewhere })).rejects.toThrow("Give the secret key again");
    const backup = await made("hand");
    expect([...s3.objects.keys()]).toEqual([`/${bucket}/${backup.location}`]);
    const restore = await restored((await ada().restore({ ...place(), id: backup.id, name: "from-s3" })).id);
    expect(restore).toMatchObject({ state: "done", rows: backup.rows });
    await expect(ada().remove({ ...place(), id: backup.id, confirm: "no" })).rejects.toThrow("Type production");
    await ada().remove({ ...place(), id: backup.id, confirm: "production" });
    expect(s3.objects.size).toBe(0);
    await ada().settings.set({ ...place(), cron: null, keepDays: 7, storage: null });
  });

  test("whose process is killed is made by the next one; so is a restore", { timeout: 120_000 }, async () => {
    const sql = postgres(await environmentAdminUrl(shop.environmentId), { max: 1 });
    await sql`insert into public.orders (total) select i from generate_series(1, 20000) i`;
    await sql.end();
    const { id } = await backUp(shop.environmentId, { reason: "contract", userId: null });
    const isReading = async () =>
      (await stage.control.db.select().from(backups).where(eq(backups.id, id)))[0]?.detail === "Reading the rows.";
    while (!(await isReading())) await pause(2);
    await stage.killFunctions();
    const backup = await backupEnded(id);
    expect(backup.rows).toBeGreaterThan(20_000);
    const folder = join(fileOf(backup), "..");
    expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual([]);

    const begun = await ada().restore({ ...place(), id: backup.id, name: "killed" });
    const isFilling = async () =>
      (await stage.control.db.select().from(restores).where(eq(restores.id, begun.id)))[0]?.detail ===
      "Putting the rows in.";
    while (!(await isFilling())) await pause(2);
    await stage.killFunctions();
    const restore = await restored(begun.id);
    expect(restore).toMatchObject({ state: "done", rows: backup.rows });
    const [one, other] = [await wholeOf(shop.environmentId), await wholeOf(restore?.environmentId ?? "")];
    expect(other.rows['"public"."orders"']).toEqual(one.rows['"public"."orders"']);
  });
});

test("a preview of production's rows is deployed over a masked copy of them", { timeout: 60_000 }, async () => {
  const { db } = stage.control;
  const given = { projectId: shop.id, name: "feature", branch: "main", labelBase: "feature", kind: "preview" } as const;
  const { id } = await createEnvironment(db, { ...given, copiedFrom: shop.environmentId });
  const { id: deploymentId } = await requestDeployment({ projectId: shop.id, environment: "feature", userId: null });
  const { state, failure } = await stage.ended(id, deploymentId);
  expect({ state, failure }).toEqual({ state: "live", failure: null });
  const { data } = await answerOf(id, "GET", "customers?fields=number,name,iban,email,spent");
  const original = await answerOf(shop.environmentId, "GET", "customers?fields=spent");
  expect(data).toEqual([
    expect.objectContaining({ number: "C-0001", name: "Ada", iban: "masked", spent: original.data[0].spent }),
  ]);
});

describe("a schedule", () => {
  test("makes up once for all that was missed, and what is over goes but the last", { timeout: 60_000 }, async () => {
    const { db } = stage.control;
    await ada().settings.set({ ...place(), cron: "0 3 * * *", keepDays: 3, storage: null });
    expect(await backUpDue(new Date())).toBe(0);
    const inAWeek = new Date(Date.now() + 7 * 86_400_000);
    expect(await backUpDue(inAWeek)).toBe(1);
    const [scheduled] = await db.select().from(backups).where(eq(backups.reason, "schedule"));
    const first = await backupEnded(scheduled?.id ?? "");
    expect(await backUpDue(new Date(Date.now() + 1000))).toBe(0);
    expect(first.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 2.9 * 86_400_000);
    const second = await made();
    const past = new Date(Date.now() - 1000);
    for (const { id } of [first, second]) await db.update(backups).set({ expiresAt: past }).where(eq(backups.id, id));
    expect(await sweepExpired()).toBeGreaterThanOrEqual(1);
    expect(await db.$count(backups, eq(backups.id, first.id))).toBe(0);
    expect(await db.$count(backups, eq(backups.id, second.id))).toBe(1);
    await expect(readFile(fileOf(first))).rejects.toThrow("ENOENT");
    await ada().settings.set({ ...place(), cron: null, keepDays: 3, storage: null });
  });

  test.each(["every day", "61 * * * *", "0 0 31 2 *", ""])("is not %j", async (cron) => {
    const set = ada().settings.set({ ...place(), cron, keepDays: 3, storage: null });
    await expect(set).rejects.toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
  });
});

test("what fails says why and leaves nothing; what is left by others is swept", { timeout: 60_000 }, async () => {
  const { db } = stage.control;
  const [broken] = await db
    .insert(backups)
    .values({
      projectId: shop.id,
      environmentId: shop.environmentId,
      environmentName: "production",
      reason: "hand",
      state: "failed",
      location: `${shop.id}/${shop.environmentId}/left.gantry-backup`,
    })
    .returning();
  const left = fileOf(broken as Backup);
  await writeFile(`${left}.part`, "half");
  await sweepLeftovers();
  await expect(readFile(`${left}.part`)).rejects.toThrow("ENOENT");
  const { endpoint, region, bucket, accessKeyId } = s3.options;
  const storage = { endpoint, region, bucket, accessKeyId, secretAccessKey: "wrong" };
  await ada().settings.set({ ...place(), cron: null, keepDays: 7, storage });
  await expect(made()).rejects.toThrow("There is no backup: The storage does not take this key.");
  await ada().settings.set({ ...place(), cron: null, keepDays: 7, storage: null });
  expect([...s3.objects.keys(), ...s3.uploads.keys()]).toEqual([]);
  const elsewhere = await made();
  await db
    .update(backups)
    .set({ keySealed: `v1.deadbeef.${Buffer.alloc(40).toString("base64url")}` })
    .where(eq(backups.id, elsewhere.id));
  const foreign = await restored((await ada().restore({ ...place(), id: elsewhere.id, name: "foreign" })).id);
  expect(foreign).toMatchObject({ state: "failed", environmentId: null });
  expect(foreign?.detail).toContain("its key was encrypted by another installation");
  const never = await stage.project(files);
  await expect(backUp(never.environmentId, { reason: "hand", userId: null })).rejects.toThrow("no database yet");
});

test("only owners and admins restore, delete, download and change the storage; strangers see nothing", async () => {
  const { user } = await stage.control.person("Eve");
  const eve = stage.control.caller(user).backups;
  await expect(eve.list(place())).rejects.toMatchObject({ code: "NOT_FOUND" });
  const { backups: found } = await ada().list(place());
  expect(found.length).toBeGreaterThan(0);
  expect(JSON.stringify(found)).not.toContain("Sealed");
  const { user: bob } = await stage.control.person("Bob");
  const [home] = await stage.control.db.select().from(organisations).where(eq(organisations.slug, stage.organisation));
  await stage.control.db
    .insert(memberships)
    .values({ organisationId: home?.id ?? "", userId: bob.id, role: "developer" });
  const member = stage.control.caller(bob).backups;
  expect(await member.list(place())).toMatchObject({ mayManage: false });
  const one = { ...place(), id: found[0]?.id ?? "" };
  const owners = [
    () => member.download(one),
    () => member.restore({ ...one, name: "mine" }),
    () => member.remove({ ...one, confirm: "production" }),
    () => member.settings.set({ ...place(), cron: null, keepDays: 1, storage: null }),
    () => member.settings.test({ ...place(), storage: null }),
  ];
  for (const each of owners) await expect(each()).rejects.toMatchObject({ code: "FORBIDDEN" });
  const id = found[0]?.id ?? "";
  const asks = [
    () => eve.create(place()),
    () => eve.download({ ...place(), id }),
    () => eve.remove({ ...place(), id, confirm: "production" }),
  ];
  for (const ask of asks) await expect(ask()).rejects.toMatchObject({ code: "NOT_FOUND" });
});
