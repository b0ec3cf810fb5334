import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { eq } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { organisationExports } from "#db/schema/organisationExports.ts";
import { projects } from "#db/schema/projects.ts";
import { testDatabase } from "#tests/support/postgres.ts";
import { signedIn } from "#tests/support/signedIn.ts";
import { environmentAdminUrl, findEnvironment, provisionEnvironment } from "../environments/service.ts";
import { type House, startHouse } from "../organisations/testing/startHouse.ts";
import { handleExport } from "./handler.ts";
import { sweepExpired } from "./jobs/keepExports.ts";
import { archiveOf, stagingOf } from "./places.ts";
import { beginExport, exportOneProject, packExport, tellOfExport } from "./writeExport.ts";

const run = promisify(execFile);

let house: House;
let ada: Awaited<ReturnType<House["plane"]["person"]>>;
let folder: string;
const rowCount = 5000;
beforeAll(async () => {
  house = await startHouse();
  folder = await mkdtemp(join(tmpdir(), "gantry-export-"));
  ada = await house.plane.person("Ada");
  const { organisation } = ada;
  const api = house.plane.caller(ada.user);
  await api.projects.create({ organisation, name: "Engine", from: { kind: "template", template: "crm" } });
  await api.projects.create({ organisation, name: "Empty", from: { kind: "blank" } });
  const [project] = await house.plane.db.select().from(projects).where(eq(projects.slug, "engine"));
  const { id } = await findEnvironment(house.plane.db, project?.id ?? "", "production");
  await provisionEnvironment(id);
  await api.outbound.secrets.set({
    organisation,
    project: "engine",
    environment: "production",
    name: "STRIPE_KEY",
    value: "sk_hidden",
  });
  const sql = postgres(await environmentAdminUrl(id), { max: 1, onnotice: () => {} });
  await sql`create table "Odd ' name" (id int generated always as identity primary key, said text not null, at timestamptz)`;
  await sql`insert into "Odd ' name" (said, at) select E'tab\t\\\\ line\n' || n, now() from generate_series(1, ${rowCount}) n`;
  await sql.end();
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await house[Symbol.asyncDispose]();
});

const api = () => house.plane.caller(ada.user).exports;

async function downloaded(path: string, { user }: typeof ada): Promise<Response> {
  const { cookie } = await signedIn(house.plane.db, user);
  return await handleExport(new Request(`http://localhost:3000${path}`, { headers: { cookie } }));
}

async function rowOf(id: string) {
  const [row] = await house.plane.db.select().from(organisationExports).where(eq(organisationExports.id, id));
  if (!row) throw new Error("There is no such export.");
  return row;
}

test("everything is in one archive that an owner downloads and others read without Gantry", {
  timeout: 60_000,
}, async () => {
  const { organisation } = ada;
  const { id } = await api().create({ organisation });
  expect(await api().create({ organisation })).toEqual({ id });
  const ids = await beginExport(id);
  let rows = 0;
  // A first try is broken off with half of a project written.
  const staging = stagingOf(await rowOf(id));
  const [name = ""] = await readdir(staging);
  rows = await exportOneProject(id, ids[0] ?? "", 0);
  await writeFile(join(staging, name, "projects", "engine", "half.txt"), "left by a killed try");
  rows = 0;
  for (const project of ids) rows = await exportOneProject(id, project, rows);
  expect((await api().list({ organisation }))[0]).toMatchObject({ state: "running", rows });
  await packExport(id);
  await tellOfExport(id);
  const [done] = await api().list({ organisation });
  expect(done).toMatchObject({ id, state: "done", rows, detail: null, requestedBy: "Ada" });
  expect(rows).toBeGreaterThanOrEqual(rowCount);
  expect((await house.mailsTo(ada.user.email)).at(-1)?.subject).toBe("The export of Ada is ready");
  await expect(stat(staging)).rejects.toThrow();

  const response = await downloaded(`/api/exports/${id}?organisation=${organisation}`, ada);
  expect(response.status).toBe(200);
  expect(Number(response.headers.get("content-length"))).toBe(done?.bytes);
  await writeFile(join(folder, "archive.tar.gz"), Buffer.from(await response.arrayBuffer()));
  await run("tar", ["-xzf", join(folder, "archive.tar.gz"), "-C", folder]);
  const root = join(folder, name);
  const text = (file: string) => readFile(join(root, file), "utf8");
  expect(JSON.parse(await text("members.json"))).toMatchObject([{ email: ada.user.email, role: "owner" }]);
  expect(await text("audit-log.jsonl")).toContain("projects.create");
  expect(JSON.parse(await text("projects/engine/project.json"))).toMatchObject({
    environments: [{ name: "production", secrets: ["STRIPE_KEY"] }],
  });
  expect(await readdir(join(root, "projects/engine"))).not.toContain("half.txt");
  const { stdout } = await run("grep", ["-rlE", "sk_hidden|argon2|v1\\.[0-9a-f]{8}\\.", root]).catch(() => ({
    stdout: "",
  }));
  expect(stdout).toBe("");

  await run("git", ["clone", "-q", join(root, "projects/engine/repository.bundle"), join(folder, "clone")]);
  const log = await run("git", ["-C", join(folder, "clone"), "log", "--format=%s"]);
  expect(log.stdout.trim()).toBe("Create Engine");
  expect(await readdir(join(root, "projects/engine/sources"))).toEqual(expect.arrayContaining(["domain", "README.md"]));
  await expectRows(join(root, "projects/engine/rows/production"));
});

/** Loads the rows into another database by what the archive says, and compares. */
async function expectRows(from: string): Promise<void> {
  await using database = await testDatabase();
  const sql = postgres(database.url, { max: 1, onnotice: () => {} });
  try {
    const load = await readFile(join(from, "load.sql"), "utf8");
    for (const line of load.split("\n")) {
      const [, file] = /^\\i (.+)$/.exec(line) ?? [];
      const [, target, source = ""] = /^\\copy (.+) FROM '([^']+)'$/.exec(line) ?? [];
      if (file) await sql.unsafe(await readFile(join(from, file), "utf8"));
      if (!target) continue;
      const stream = await sql.unsafe(`COPY ${target} FROM STDIN`).writable();
      stream.end(await readFile(join(from, source)));
      await new Promise((resolve, reject) => stream.on("finish", resolve).on("error", reject));
    }
    const [found] = await sql`
      select count(*)::int as n, max(said) filter (where id = 7) as said from "Odd ' name"`;
    expect(found).toEqual({ n: rowCount, said: "tab\t\\ line\n7" });
    const [next] = await sql`insert into "Odd ' name" (said) values ('more') returning id`;
    expect(next).toEqual({ id: rowCount + 1 });
  } finally {
    await sql.end();
  }
}

test("archives are for owners who are signed in, and for a while", async () => {
  const { organisation } = ada;
  const [done] = await api().list({ organisation });
  const path = `/api/exports/${done?.id}?organisation=${organisation}`;
  expect((await handleExport(new Request(`http://localhost:3000${path}`))).status).toBe(401);
  const [admin, eve] = [await house.plane.person("Admin"), await house.plane.person("Eve")];
  await house.join(organisation, admin, "admin");
  expect((await downloaded(path, admin)).status).toBe(403);
  const own = `/api/exports/${done?.id}?organisation=${eve.organisation}`;
  for (const tried of [path, own]) expect((await downloaded(tried, eve)).status).toBe(404);
  await expect(house.plane.caller(admin.user).exports.list({ organisation })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  await house.plane.db.update(organisationExports).set({ expiresAt: new Date(Date.now() - 1) });
  expect((await downloaded(path, ada)).status).toBe(404);
  const row = await rowOf(done?.id ?? "");
  expect(await sweepExpired()).toBe(1);
  await expect(stat(archiveOf(row))).rejects.toThrow();
  expect(await api().list({ organisation })).toEqual([]);
});

test("one that is deleted while it is made writes nothing more", async () => {
  const { organisation } = ada;
  const { id } = await api().create({ organisation });
  const row = await rowOf(id);
  const [first = ""] = await beginExport(id);
  await api().remove({ organisation, id });
  await expect(exportOneProject(id, first, 0)).rejects.toThrow();
  await expect(stat(stagingOf(row))).rejects.toThrow();
});
