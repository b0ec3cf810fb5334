import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { memberships } from "#db/schema/organisations.ts";
import { projects } from "#db/schema/projects.ts";
import { readModel } from "#lib/model/read/readModel.ts";
import { starterFiles } from "#lib/model/starter/starterFiles.ts";
import { env } from "#server/env.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import { findEnvironment, provisionEnvironment } from "../environments/service.ts";
import { findOrganisation } from "../organisations/service.ts";
import { history, readFiles } from "../repository/service.ts";
import { storeUpload } from "../uploads/service.ts";
import { templateIds } from "./createProjectInput.ts";
import { findProject } from "./service.ts";

/** Stands for the two programs that are told things: the job engine's event API and the runtime's admin port. */
const others = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => {
    body += String(chunk);
  });
  request.on("end", () => {
    told.push(`${request.method} ${request.url} ${body}`);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ ids: ["1"], status }));
  });
});
let told: string[] = [];
let status = 200;

let plane: TestControlPlane;
let ada: Awaited<ReturnType<TestControlPlane["person"]>>;
beforeAll(async () => {
  await new Promise<void>((resolve) => others.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(others.address() as AddressInfo).port}`;
  plane = await testControlPlane({ INNGEST_BASE_URL: url, GANTRY_RUNTIME_ADMIN_URL: url });
  ada = await plane.person("Ada");
});
afterAll(async () => {
  await plane[Symbol.asyncDispose]();
  await new Promise((resolve) => others.close(resolve));
});
beforeEach(() => {
  told = [];
  status = 200;
});

async function rowOf(slug: string, person = ada) {
  const { organisation } = await findOrganisation(plane.db, person.user.id, person.organisation);
  return await findProject(plane.db, organisation.id, slug);
}

const repositories = async () => (await readdir(join(env().GANTRY_DATA, "repositories")).catch(() => [])).sort();

test("a blank project has a first commit by its maker, a production environment, and is in the list", async () => {
  const { projects: api } = plane.caller(ada.user);
  const { organisation } = ada;
  const made = await api.create({ organisation, name: "  Difference Engine ", from: { kind: "blank" } });
  expect(made).toEqual({ slug: "difference-engine", name: "Difference Engine", state: "ready" });
  const { id } = await rowOf(made.slug);
  expect(await history(id)).toMatchObject([
    { author: "Ada", message: expect.stringContaining("Create Difference Engine") },
  ]);
  const { files } = await readFiles(id);
  expect(files["gantry.config.ts"]).toContain('app({ name: "Difference Engine" })');
  expect(files["README.md"]).toContain("# Difference Engine");
  expect(Object.keys(files)).toEqual(expect.arrayContaining(Object.keys(starterFiles)));
  const summary = await api.get({ organisation, project: made.slug });
  expect(summary).toMatchObject({
    slug: made.slug,
    origin: "blank",
    createdBy: "Ada",
    failure: null,
    production: { label: "difference-engine-production", servingRelease: null, lastDeployment: null },
  });
  expect(await api.list({ organisation })).toMatchObject([{ slug: "difference-engine", name: summary.name }]);
});

test.each(templateIds)("the template %s is the first commit whole, under the project's name", async (template) => {
  const { projects: api } = plane.caller(ada.user);
  const name = `"Ours" of ${template}`;
  const made = await api.create({ organisation: ada.organisation, name, from: { kind: "template", template } });
  const { files } = await readFiles((await rowOf(made.slug)).id);
  const { problems, draft } = readModel(files);
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(draft.app.name).toBe(name);
  expect(Object.keys(files)).toEqual(expect.arrayContaining(["README.md", ...Object.keys(starterFiles)]));
  const seeds = Object.keys(files).filter((path) => path.startsWith("seeds/"));
  expect(seeds.length).toBeGreaterThan(0);
  for (const path of seeds) expect(files[path]).toBe(await readFile(join("templates", template, path), "utf8"));
});

test("a request that is sent many times at once makes one project and one repository", async () => {
  const { projects: api } = plane.caller(ada.user);
  const before = await repositories();
  const input = { organisation: ada.organisation, name: "Once", from: { kind: "blank" as const } };
  const requestId = crypto.randomUUID();
  const answers = await Promise.all(Array.from({ length: 5 }, () => api.create({ ...input, requestId })));
  expect(new Set(answers.map(({ slug }) => slug))).toEqual(new Set(["once"]));
  expect(await api.create({ ...input, requestId })).toEqual(answers[0]);
  expect((await repositories()).length).toBe(before.length + 1);
});

test("projects of one name at once get slugs of their own, and none takes a path of ours", async () => {
  const { projects: api } = plane.caller(ada.user);
  const make = (name: string) => api.create({ organisation: ada.organisation, name, from: { kind: "blank" } });
  const same = await Promise.all(Array.from({ length: 4 }, () => make("Twin")));
  expect(same.map(({ slug }) => slug).sort()).toEqual(["twin", "twin-2", "twin-3", "twin-4"]);
  expect((await make("Settings")).slug).toBe("settings-2");
  expect((await make("Nützlich 1")).slug).toBe("nutzlich-1");
  expect((await make("项目")).slug).toBe("project");
});

test("equal slugs in two organisations are two projects with different labels", async () => {
  const eve = await plane.person("Eve");
  const input = { name: "Shared name", from: { kind: "blank" as const } };
  await plane.caller(ada.user).projects.create({ organisation: ada.organisation, ...input });
  await plane.caller(eve.user).projects.create({ organisation: eve.organisation, ...input });
  const labels = await Promise.all(
    [ada, eve].map(async (person) => {
      const { id } = await rowOf("shared-name", person);
      return (await findEnvironment(plane.db, id, "production")).label;
    }),
  );
  expect(labels).toEqual(["shared-name-production", "shared-name-production-2"]);
});

test("a project from a database is preparing while its import is asked for, once however often it is sent", async () => {
  const { projects: api, imports } = plane.caller(ada.user);
  const url = "postgres://reader:hunter2@db.example.com/shop";
  const input = {
    organisation: ada.organisation,
    name: "Shop",
    from: { kind: "import" as const, import: { source: "connection" as const, url }, withRows: true },
    requestId: crypto.randomUUID(),
  };
  const made = await api.create(input);
  expect(made).toMatchObject({ slug: "shop", state: "preparing" });
  expect(await api.create(input)).toEqual(made);
  expect(await imports.get({ organisation: ada.organisation, project: "shop" })).toMatchObject({
    source: "connection",
    withRows: true,
    state: "queued",
  });
  const events = told.flatMap((call) => /"id":"(import-[^"]+)"/.exec(call)?.[1] ?? []);
  expect(new Set(events).size).toBe(1);
  const stored = await plane.db.execute(sql`select imports::text as row from imports`);
  expect(JSON.stringify([told, stored])).not.toContain("hunter2");
});

test("someone else's dump cannot be imported, and a project whose import cannot start is not left behind", async () => {
  const { projects: api } = plane.caller(ada.user);
  const stranger = await plane.person("Stranger");
  const send = (userId: string) => storeUpload(userId, new Blob(["select 1;"]).stream());
  const input = (uploadId: string) => ({
    organisation: ada.organisation,
    name: "Dump",
    from: { kind: "import" as const, import: { source: "dump" as const, uploadId }, withRows: false },
  });
  const { uploadId: theirs } = await send(stranger.user.id);
  await expect(api.create(input(theirs))).rejects.toMatchObject({ code: "NOT_FOUND" });
  const { uploadId } = await send(ada.user.id);
  status = 400;
  await expect(api.create(input(uploadId))).rejects.toThrow();
  expect((await api.list({ organisation: ada.organisation })).map(({ slug }) => slug)).not.toContain("dump");
  status = 200;
  expect(await api.create(input(uploadId))).toMatchObject({ slug: "dump", state: "preparing" });
});

test.each([
  [{ name: "", from: { kind: "blank" } }, ["name"]],
  [{ name: "x".repeat(81), from: { kind: "blank" } }, ["name"]],
  [{ name: "A\u0007", from: { kind: "blank" } }, ["name"]],
  [{ name: "A", from: { kind: "template", template: "../crm" } }, ["from.template"]],
  [
    {
      name: "A",
      from: { kind: "import", import: { source: "connection", url: "file:///etc/passwd" }, withRows: true },
    },
    ["from.import.url"],
  ],
  [
    { name: "A", from: { kind: "import", import: { source: "dump", uploadId: "../../x" } } },
    ["from.import.uploadId", "from.withRows"],
  ],
  [{ name: "A", from: { kind: "copy" } }, ["from.kind"]],
  [{ name: "A", from: { kind: "blank" }, requestId: "twice" }, ["requestId"]],
])("%j is refused at its fields", async (input, fields) => {
  const create = plane.caller(ada.user).projects.create as unknown as (input: unknown) => Promise<unknown>;
  const failure: unknown = await create({ organisation: ada.organisation, ...input }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "UNPROCESSABLE_CONTENT", cause: { code: "invalid_input" } });
  const { cause } = failure as { cause: { fields: { field: string }[] } };
  expect(cause.fields.map(({ field }) => field)).toEqual(fields);
});

test("renaming keeps the address and shows as the last change", async () => {
  const { projects: api } = plane.caller(ada.user);
  const { organisation } = ada;
  const { slug: project } = await api.create({ organisation, name: "Before", from: { kind: "blank" } });
  expect(await api.rename({ organisation, project, name: "After" })).toEqual({ slug: "before", name: "After" });
  expect((await api.list({ organisation }))[0]).toMatchObject({ slug: "before", name: "After" });
});

test("deleting takes the name typed, then everything: what runs, the database, the repository, the record", async () => {
  const { projects: api } = plane.caller(ada.user);
  const { organisation } = ada;
  const { slug: project } = await api.create({ organisation, name: "Doomed", from: { kind: "blank" } });
  const { id } = await rowOf(project);
  const environment = await findEnvironment(plane.db, id, "production");
  const { databaseName } = await provisionEnvironment(environment.id);
  await expect(api.delete({ organisation, project, confirm: "doomed" })).rejects.toMatchObject({
    cause: { code: "invalid_input", fields: [{ field: "confirm" }] },
  });
  await api.delete({ organisation, project, confirm: "Doomed" });
  expect(told.filter((call) => call.startsWith("DELETE"))).toEqual([
    expect.stringContaining(`/environments/${environment.id}`),
  ]);
  const left = await plane.db.execute(sql`
    select datname from pg_database where datname = ${databaseName}
    union all select rolname from pg_roles where rolname = ${databaseName}`);
  expect([...left]).toEqual([]);
  expect(await repositories()).not.toContain(`${id}.git`);
  expect(await plane.db.select().from(projects).where(eq(projects.id, id))).toEqual([]);
});

test("a deletion that stops half way can be asked for again", async () => {
  const { projects: api } = plane.caller(ada.user);
  const { organisation } = ada;
  const { slug: project } = await api.create({ organisation, name: "Stubborn", from: { kind: "blank" } });
  status = 500;
  await expect(api.delete({ organisation, project, confirm: "Stubborn" })).rejects.toThrow();
  expect(await api.get({ organisation, project })).toMatchObject({ name: "Stubborn" });
  status = 200;
  await api.delete({ organisation, project, confirm: "Stubborn" });
  await expect(api.get({ organisation, project })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a member who is no owner does not delete", async () => {
  const member = await plane.person("Member");
  const { organisation } = await findOrganisation(plane.db, ada.user.id, ada.organisation);
  await plane.db
    .insert(memberships)
    .values({ organisationId: organisation.id, userId: member.user.id, role: "developer" });
  const api = plane.caller(member.user).projects;
  const asked = { organisation: ada.organisation, project: "difference-engine" };
  expect(await api.get(asked)).toMatchObject({ name: "Difference Engine" });
  await expect(api.delete({ ...asked, confirm: "Difference Engine" })).rejects.toMatchObject({ code: "FORBIDDEN" });
});
