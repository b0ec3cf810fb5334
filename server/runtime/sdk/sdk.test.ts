import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ServedTemplate, servedTemplate } from "#tests/support/servedTemplate.ts";

/** The client of the CRM template, as its users have it: fetched from the app, imported, and used over HTTP. */
let served: ServedTemplate;
let folder: string;
let file: string;
// biome-ignore lint/suspicious/noExplicitAny: its types are checked by lib/codegen/sdk; here it runs
let client: any;
let app: { readonly url: string; readonly key: string };

beforeAll(async () => {
  served = await servedTemplate("crm");
  folder = await mkdtemp(join(tmpdir(), "gantry-sdk-"));
  file = join(folder, "gantry.ts");
  app = { url: served.app.url, key: served.app.key };
  const response = await served.app.fetch("/sdk.ts");
  expect(response.headers.get("content-disposition")).toContain("gantry.ts");
  await writeFile(file, await response.text());
  client = await import(file);
});

afterAll(async () => {
  await served[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

describe("reading", () => {
  test("filters, orders, fields, includes, pages and a count go together", async () => {
    const page = await client.deals.list(app, {
      filter: {
        or: [{ stage: { in: ["won", "lost"] } }, { amount: { gte: "0" } }],
        not: { title: { eq: "a, b" } },
        company: { name: { isNull: false } },
      },
      sort: ["-amount", "company.name"],
      fields: ["title", "amount", "overdue"],
      include: { company: { fields: ["name"] }, activities: { size: 2, sort: "-createdAt", include: { deal: true } } },
      page: { size: 3 },
      count: true,
    });
    expect(page.data).toHaveLength(3);
    expect(page.count).toBeGreaterThan(3);
    expect(Object.keys(page.data[0])).toEqual(["title", "amount", "overdue", "company", "activities"]);
    expect(Object.keys(page.data[0].company)).toEqual(["name"]);
    const next = await client.deals.list(app, { sort: "-amount", page: { size: 3 } });
    const following = await client.deals.list(app, { sort: "-amount", page: { size: 3, after: next.page.next } });
    expect(following.data[0].id).not.toBe(next.data[0].id);
  });

  test("all pages come one after the other", async () => {
    const { count } = await client.deals.list(app, { count: true });
    const ids = new Set<string>();
    for await (const deal of client.deals.all(app, { page: { size: 2 }, fields: ["id"] })) ids.add(deal.id);
    expect(ids.size).toBe(count);
  });

  test("one record, a list of one, and a list by name", async () => {
    const [company] = (await client.companies.list(app, { page: { size: 1 } })).data;
    expect(await client.companies.get(app, company.id, { fields: ["name"] })).toEqual({ name: company.name });
    const deals = await client.companies.dealsOf(app, company.id, { fields: ["companyId"] });
    expect(deals.data.every((deal: { companyId: string }) => deal.companyId === company.id)).toBe(true);
    const closing = await client.deals.closingWithin(app, { days: 30 }, { page: { size: 1 } });
    expect(closing.data.length).toBeLessThanOrEqual(1);
  });

  test("operands with commas and moments arrive as they are", async () => {
    const { data } = await client.companies.list(app, { filter: { name: { in: ["a, b", "c\\d"] } } });
    expect(data).toEqual([]);
    const later = await client.deals.list(app, { filter: { createdAt: { gt: new Date("2100-01-01T00:00:00Z") } } });
    expect(later.data).toEqual([]);
  });
});

describe("changing", () => {
  test("a record from its making to its end, with its versions", async () => {
    const [company] = (await client.companies.list(app, { page: { size: 1 } })).data;
    const [owner] = (await client.teamMembers.list(app, { page: { size: 1 } })).data;
    const input = { title: "By client", companyId: company.id, ownerId: owner.id };
    const options = { idempotencyKey: "once", include: { company: { fields: ["id"] } } };
    const deal = await client.deals.create(app, input, options);
    expect(deal).toMatchObject({ title: "By client", company: { id: company.id } });
    expect((await client.deals.create(app, input, options)).id).toBe(deal.id);
    const tried = await client.deals.update(app, deal.id, { title: "Tried" }, { dryRun: true, version: deal.version });
    expect(tried.title).toBe("Tried");
    const changed = await client.deals.update(app, deal.id, { title: "Changed" }, { version: deal.version });
    const refused = await client.deals
      .update(app, deal.id, { title: "Late" }, { version: deal.version })
      .catch((e: unknown) => e);
    expect(refused).toMatchObject({ name: "Refusal", status: 412, code: "version_mismatch" });
    await client.deals.qualify(app, deal.id, {}, { version: changed.version });
    expect((await client.deals.get(app, deal.id)).stage).toBe("qualified");
    const { version } = await client.deals.get(app, deal.id);
    await client.deals.destroy(app, deal.id, undefined, { version });
    await expect(client.deals.get(app, deal.id)).rejects.toMatchObject({ status: 404, code: "not_found" });
  });

  test("many at once, guarded by how many they may be", async () => {
    const made = await client.tags.createMany(app, [{ name: "one-by-client" }, { name: "two-by-client" }]);
    expect(made).toHaveLength(2);
    const filter = { name: { endsWith: "-by-client" } };
    await expect(client.tags.destroyMany(app, filter, { maxAffected: 1 })).rejects.toMatchObject({
      code: expect.any(String),
    });
    expect(await client.tags.destroyMany(app, filter, { maxAffected: 2 })).toEqual({ affected: 2 });
  });

  test("a refusal tells everything that is wrong", async () => {
    const refused = await client.deals.create(app, { title: 5 }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(client.Refusal);
    expect(refused).toMatchObject({ status: 422, code: "invalid_input" });
    expect(refused.errors.length).toBeGreaterThan(1);
    const other = { ...app, key: async () => "gk_wrong" };
    await expect(client.deals.list(other)).rejects.toMatchObject({ status: 401, code: "unauthenticated" });
  });
});

test("a bundler leaves out the resources that are not used", async () => {
  await writeFile(join(folder, "program.ts"), `import { tags } from "./gantry.ts";\nexport const names = tags.list;\n`);
  const built = await build({
    root: folder,
    logLevel: "silent",
    configFile: false,
    build: {
      write: false,
      minify: false,
      lib: { entry: join(folder, "program.ts"), formats: ["es"], fileName: "out" },
    },
  });
  const [{ output }] = built as unknown as [{ output: [{ code: string }] }];
  expect(output[0].code).toContain('"tags"');
  expect(output[0].code).not.toContain("deals:mine");
  expect(output[0].code).not.toContain("team-members");
});

describe("gantry sdk", () => {
  const run = promisify(execFile);
  const program = join(import.meta.dirname, "../../../scripts/gantry.mjs");
  const sdk = (...args: string[]) =>
    run(process.execPath, [program, "sdk", ...args], { env: { ...process.env, GANTRY_KEY: app.key } });

  test("writes the client, and finds out when it is no longer right", async () => {
    const out = join(folder, "written.ts");
    await sdk(app.url, "--out", out);
    expect(await readFile(out, "utf8")).toBe(await readFile(file, "utf8"));
    await sdk(app.url, "--out", out, "--check");
    await writeFile(out, `${await readFile(out, "utf8")}// changed\n`);
    await expect(sdk(app.url, "--out", out, "--check")).rejects.toMatchObject({ code: 1 });
  });

  test("says what is wrong with a key or an address", async () => {
    await expect(sdk(app.url, "--key", "gk_no", "--out", "-")).rejects.toMatchObject({
      stderr: expect.stringContaining("API key"),
    });
    await expect(sdk("nonsense")).rejects.toMatchObject({ stderr: expect.stringContaining("no address") });
  });
});
