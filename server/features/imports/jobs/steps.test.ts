import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { deployments } from "#db/schema/deployments.ts";
import { imports } from "#db/schema/imports.ts";
import { projects } from "#db/schema/projects.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import { env } from "../../../env.ts";
import { seal } from "../../../secrets/seal.ts";
import { createEnvironment, environmentAdminUrl } from "../../environments/service.ts";
import { history } from "../../repository/service.ts";
import { loadLimits } from "../dump/loadDump.ts";
import { createScratch, dropScratch, listScratch, scratchName } from "../scratch/ScratchDatabase.ts";
import { importStatus } from "../service.ts";
import type { ImportSource } from "../source/ImportSource.ts";
import { failImport, finishStep } from "./finishImport.ts";
import { ImportOverError } from "./ImportRow.ts";
import { loadStep } from "./loadStep.ts";
import { readStep } from "./readStep.ts";
import { bindStep, rowsStep } from "./rowsStep.ts";
import { saveStep } from "./saveStep.ts";
import { sweepScratch } from "./sweepImports.ts";

let plane: TestControlPlane;
let userId: string;
let organisationId: string;
beforeAll(async () => {
  plane = await testControlPlane({ GANTRY_ALLOW_PRIVATE_IMPORTS: "false" });
  const { user, organisation } = await plane.person("Ada Lovelace");
  const [found] = await plane.db.$client<{ id: string }[]>`select id from organisations where slug = ${organisation}`;
  userId = user.id;
  organisationId = found?.id ?? "";
});
afterAll(() => plane[Symbol.asyncDispose]());

interface Import {
  readonly id: string;
  readonly projectId: string;
  readonly environmentId: string;
}

let count = 0;

/** An import that nobody runs: its steps are called one by one. */
async function newImport(source: ImportSource): Promise<Import> {
  const slug = `shop-${++count}`;
  const [project] = await plane.db
    .insert(projects)
    .values({ organisationId, slug, name: "Shop", origin: "import", state: "preparing" })
    .returning();
  if (!project) throw new Error("An inserted row was not returned.");
  const environment = await createEnvironment(plane.db, {
    projectId: project.id,
    name: "production",
    branch: "main",
    labelBase: slug,
  });
  const [row] = await plane.db
    .insert(imports)
    .values({
      projectId: project.id,
      requestedBy: userId,
      source: source.kind,
      sourceSealed: seal(JSON.stringify(source)),
      withRows: true,
      state: "queued",
    })
    .returning();
  return { id: row?.id ?? "", projectId: project.id, environmentId: environment.id };
}

async function dump(text: string): Promise<ImportSource> {
  const path = join(env().GANTRY_DATA, crypto.randomUUID());
  await writeFile(path, text);
  return { kind: "dump", path };
}

const shop = `CREATE TABLE items (id serial PRIMARY KEY, name text);
INSERT INTO items (name) SELECT md5(i::text) FROM generate_series(1, 1000) i;
CREATE TABLE lines (id serial PRIMARY KEY, item integer NOT NULL REFERENCES items);
INSERT INTO lines (item) SELECT id FROM items;`;

async function countIn({ environmentId }: Import, table: string): Promise<number> {
  const sql = postgres(await environmentAdminUrl(environmentId), { max: 1 });
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from ${sql(table)}`;
  await sql.end();
  return row?.count ?? -1;
}

describe("the steps of an import", () => {
  test("each may run twice, as after a crash, and changes nothing the second time", async () => {
    const made = await newImport(await dump(shop));
    for (const step of [loadStep, loadStep, (id: string) => readStep(id, []), (id: string) => readStep(id, [])])
      await step(made.id);
    for (const step of [saveStep, saveStep, rowsStep, rowsStep, bindStep, bindStep]) await step(made.id);
    expect(await countIn(made, "items")).toBe(1000);
    expect(await countIn(made, "lines")).toBe(1000);
    expect(await history(made.projectId)).toHaveLength(1);
    await finishStep(made.id);
    await expect(finishStep(made.id)).rejects.toThrow(ImportOverError);
    const status = await importStatus(plane.db, made.projectId);
    expect(status.report?.tables.map(({ rows }) => rows)).toEqual([
      { source: 1000, copied: 1000 },
      { source: 1000, copied: 1000 },
    ]);
  });

  test("the first commit is by whoever asked for the import", async () => {
    const made = await newImport(await dump(shop));
    await loadStep(made.id);
    await readStep(made.id, []);
    await saveStep(made.id);
    expect(await history(made.projectId)).toMatchObject([
      { author: "Ada Lovelace", message: expect.stringContaining("Import Shop") },
    ]);
    await failImport(made.id, { code: "internal", message: "Enough." });
  });

  test("copying that is broken off leaves no half table, and the next try copies all", async () => {
    const made = await newImport(await dump(shop.replace("1000)", "200000)")));
    await loadStep(made.id);
    await readStep(made.id, []);
    const sql = plane.db.$client;
    const watch = async () => {
      for (;;) {
        const [row] = await sql<{ ended: boolean }[]>`
          select pg_terminate_backend(pid) as ended from pg_stat_activity
          where application_name = 'gantry deploy' and query like 'COPY public."items"%'`;
        if (row) return;
      }
    };
    const [outcome] = await Promise.allSettled([rowsStep(made.id), watch()]);
    expect(outcome?.status).toBe("rejected");
    expect(await countIn(made, "items")).toBe(0);
    await rowsStep(made.id);
    expect(await countIn(made, "items")).toBe(200_000);
    await finishStep(made.id);
  });

  test("rows are not copied over those of an app that was deployed meanwhile", async () => {
    const made = await newImport(await dump(shop));
    await loadStep(made.id);
    await readStep(made.id, []);
    await plane.db
      .insert(deployments)
      .values({ environmentId: made.environmentId, release: 1, commit: "0".repeat(40), state: "live" });
    await expect(rowsStep(made.id)).rejects.toThrow("has been deployed meanwhile");
    await failImport(made.id, { code: "internal", message: "Enough." });
  });

  test("a database inside the network is refused where strangers have accounts", async () => {
    const made = await newImport({ kind: "connection", url: env().DATABASE_URL });
    await expect(readStep(made.id, [])).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining("not on the open internet"),
    });
    await failImport(made.id, { code: "internal", message: "Enough." });
  });

  test("a database of more tables than an app can have is refused, however they were made", async () => {
    const many = "DO $$ BEGIN FOR i IN 1..2001 LOOP EXECUTE format('CREATE TABLE t%s (id int)', i); END LOOP; END $$;";
    const made = await newImport(await dump(many));
    await loadStep(made.id);
    await expect(readStep(made.id, [])).rejects.toThrow("has 2001 tables");
    await failImport(made.id, { code: "internal", message: "Enough." });
  });

  test("what a hostile database does when it is read, it does with no rights", async () => {
    const hostile = `
      CREATE TABLE bait (id integer, who text);
      INSERT INTO bait VALUES (1, 'x');
      CREATE FUNCTION evil() RETURNS boolean LANGUAGE plpgsql AS $f$ BEGIN
        EXECUTE 'CREATE ROLE gantry_stolen SUPERUSER'; RETURN true;
      END $f$;
      ALTER TABLE bait ENABLE ROW LEVEL SECURITY;
      ALTER TABLE bait FORCE ROW LEVEL SECURITY;
      CREATE POLICY p ON bait USING (evil());`;
    const made = await newImport(await dump(hostile));
    await loadStep(made.id);
    await readStep(made.id, []);
    await expect(rowsStep(made.id)).rejects.toThrow(/permission denied|read-only transaction/);
    expect(await plane.db.$client`select from pg_roles where rolname = 'gantry_stolen'`).toHaveLength(0);
    await failImport(made.id, { code: "internal", message: "Enough." });
  });
});

describe("what an import leaves", () => {
  beforeEach(async () => {
    for (const name of await listScratch()) await dropScratch(name);
  });

  test("after a failure: the reason, and nothing of the source", async () => {
    const made = await newImport(await dump(shop));
    await loadStep(made.id);
    expect(await listScratch()).toContain(scratchName(made.id));
    await failImport(made.id, { code: "internal", message: "Enough." });
    await failImport(made.id, { code: "internal", message: "Said twice." });
    expect(await listScratch()).not.toContain(scratchName(made.id));
    const [row] = await plane.db.select().from(imports).where(eq(imports.id, made.id));
    expect(row).toMatchObject({
      state: "failed",
      failure: { message: "Enough." },
      sourceSealed: null,
      scratchSealed: null,
    });
    const [project] = await plane.db.select().from(projects).where(eq(projects.id, made.projectId));
    expect(project).toMatchObject({ state: "failed", failure: { code: "internal", message: "Enough." } });
  });

  test("scratch databases of imports that are over or gone are swept away, those in use stay", async () => {
    const running = await newImport(await dump(shop));
    await loadStep(running.id);
    const over = await newImport(await dump(shop));
    await failImport(over.id, { code: "internal", message: "Enough." });
    await createScratch(over.id, loadLimits);
    await createScratch(crypto.randomUUID(), loadLimits);
    await sweepScratch();
    expect(await listScratch()).toEqual([scratchName(running.id)]);
    await plane.db.delete(projects).where(eq(projects.id, running.projectId));
    await failImport(running.id, { code: "internal", message: "Gone." });
    expect(await listScratch()).toEqual([]);
  });

  test("a sealed source shows nothing of its password", async () => {
    const made = await newImport({ kind: "connection", url: "postgres://me:s3cret@db.example/shop" });
    const [row] = await plane.db.select().from(imports).where(eq(imports.id, made.id));
    expect(JSON.stringify(row)).not.toContain("s3cret");
    expect(JSON.stringify(await importStatus(plane.db, made.projectId))).not.toContain("s3cret");
    await failImport(made.id, { code: "internal", message: "Enough." });
  });
});
