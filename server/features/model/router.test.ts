import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projects } from "#db/schema/projects.ts";
import { readModel } from "#lib/model/read/readModel.ts";
import type { Sources } from "#lib/model/sources.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { isAppError } from "#tests/support/isAppError.ts";
import * as repository from "../repository/service.ts";

let plane: TestControlPlane;

beforeAll(async () => {
  plane = await testControlPlane({ NEXTAUTH_URL: "https://gantry.example" });
});
afterAll(() => plane[Symbol.asyncDispose]());

const customer = `import { resource, text } from "gantry";

// Whoever buys.
export default resource("Customer", {
  attributes: {
    name: text({ required: true }),
  },
});
`;

const files: Sources = {
  "gantry.config.ts": 'import { app } from "gantry";\n\nexport default app({ name: "Shop" });\n',
  "domain/customer.ts": customer,
  "seeds/customer.json": "[]\n",
  "README.md": "# Shop\n",
  "notes/other.md": "not the builder's\n",
};

const withPhone = customer.replace("name: text", "phone: text(),\n    name: text");
const withEmail = customer.replace("required: true }),", "required: true }),\n    email: text(),");
const city =
  'import { resource, text } from "gantry";\n\nexport default resource("City", {\n  attributes: { name: text() },\n});\n';

let count = 0;

async function scene() {
  count += 1;
  const { user, organisation } = await plane.person(`Modeller ${count}`);
  const found = await plane.db.query.organisations.findFirst({
    where: (table, { eq: is }) => is(table.slug, organisation),
  });
  const [project] = await plane.db
    .insert(projects)
    .values({
      organisationId: found?.id ?? "",
      slug: "shop",
      name: "Shop",
      origin: "blank",
      state: "ready",
      updatedAt: new Date(0),
    })
    .returning();
  if (!project) throw new Error("An inserted row was not returned.");
  const author = { name: "Ann Example", email: "ann@example.com" };
  const { commit } = await repository.createRepository({ projectId: project.id, files, author, message: "Begin" });
  const caller = plane.caller(user);
  const at = { organisation, project: "shop" };
  return {
    user,
    id: project.id,
    base: commit,
    at,
    caller,
    get: () => caller.model.get(at),
    save: (base: string, changed: Readonly<Record<string, string | null>>, message?: string) =>
      caller.model.save({ ...at, base, files: changed, ...(message !== undefined && { message }) }),
    updatedAt: async () => (await plane.db.select().from(projects).where(eq(projects.id, project.id)))[0]?.updatedAt,
  };
}

describe("opening the model", () => {
  test("gives the builder's files at the head of main, and who was there last", async () => {
    const { get, base } = await scene();
    const { "notes/other.md": _, ...shown } = files;
    expect(await get()).toEqual({
      commit: base,
      branch: "main",
      files: shown,
      lastCommit: { commit: base, author: "Ann Example", at: expect.any(String), message: "Begin" },
    });
  });

  test("of a project that is still being made says so", async () => {
    const { id, get, caller, at } = await scene();
    await repository.removeRepository(id);
    await expect(get()).rejects.toMatchObject({ code: "NOT_FOUND", message: "This project has no repository yet." });
    await expect(caller.model.head(at)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("saving", () => {
  test("commits what changed as the person, with a message that says what it does, and keeps the rest", async () => {
    const { save, base, get, user, id, updatedAt } = await scene();
    const outcome = await save(base, { "domain/customer.ts": withPhone, "seeds/customer.json": null });
    const head = await repository.branchHead(id);
    expect(outcome).toMatchObject({ status: "saved", commit: head?.commit });
    expect(head).toMatchObject({ author: user.name, email: user.email, parents: [base] });
    expect(head?.message).toMatch(/^Add .*phone/);
    const { files: now } = await repository.readFiles(id);
    const { "seeds/customer.json": _, ...rest } = files;
    expect(now).toEqual({ ...rest, "domain/customer.ts": withPhone });
    expect((await get()).lastCommit).toEqual(outcome.status === "saved" && outcome.saved);
    expect((await updatedAt())?.getTime()).toBeGreaterThan(0);
  });

  test("takes the person's own message", async () => {
    const { save, base, id } = await scene();
    await save(base, { "README.md": "# Our shop\n" }, "  Say whose shop it is  ");
    expect((await repository.branchHead(id))?.message).toBe("Say whose shop it is");
  });

  test("names the files where the model stays the same", async () => {
    const { save, base, id } = await scene();
    await save(base, { "README.md": "# Our shop\n" });
    expect((await repository.branchHead(id))?.message).toBe("Edit README.md");
  });

  test("takes tests that fit the model, and refuses those that do not at their place", async () => {
    const { save, base, id } = await scene();
    const named = (field: string) => `import { done, get, row, service, test, tests } from "gantry";

export default tests([
  test("A customer has a name", {
    given: { ada: row("Customer", { ${field}: "Ada" }) },
    as: service(),
    do: get("ada"),
    expect: done({ ${field}: "Ada" }),
  }),
]);
`;
    const refused = save(base, { "tests/customers.ts": named("title") });
    await expect(refused).rejects.toMatchObject({
      cause: { code: "invalid_model", fields: [{ field: "tests/customers.ts:5:44", rule: "unknown_field" }, {}] },
    });
    const saved = await save(base, { "tests/customers.ts": named("name") });
    expect(saved).toMatchObject({ status: "saved" });
    expect((await repository.readFiles(id)).files["tests/customers.ts"]).toBe(named("name"));
  });

  test("of nothing new makes no commit", async () => {
    const { save, base, updatedAt } = await scene();
    expect(await save(base, { "domain/customer.ts": customer })).toMatchObject({ status: "saved", commit: base });
    expect((await updatedAt())?.getTime()).toBe(0);
  });

  test("refuses a model with errors, each with its place, and writes nothing", async () => {
    const { save, base, id } = await scene();
    const broken = customer.replace("text({ required: true })", "text({ required: 7 })");
    const error = await save(base, { "domain/customer.ts": broken, "domain/city.ts": "let x" }).catch((e) => e);
    expect(error).toMatchObject({ code: "UNPROCESSABLE_CONTENT", cause: { code: "invalid_model" } });
    const problems = readModel({ ...files, "domain/customer.ts": broken, "domain/city.ts": "let x" }).problems;
    expect(error.cause.fields.map(({ rule }: { rule: string }) => rule)).toEqual(problems.map(({ code }) => code));
    expect(error.cause.fields.map(({ field }: { field: string }) => field)).toContainEqual(
      expect.stringMatching(/^domain\/customer\.ts:6:\d+$/),
    );
    expect((await repository.branchHead(id))?.commit).toBe(base);
  });

  test.each([
    "domain/deep/file.ts",
    "package.json",
    ".github/workflows/x.yml",
    "seeds/../gantry.config.ts",
    "notes/other.md",
    "domain/x.js",
    "../escape.ts",
    "seeds/x.json/y",
  ])("does not write %s", async (path) => {
    const { save, base, id } = await scene();
    const changed = Object.fromEntries([[path, "x"]]);
    await expect(save(base, changed)).rejects.toSatisfy(isAppErrorCause("invalid_input"));
    await expect(save(base, { [path]: null })).rejects.toSatisfy(isAppErrorCause("invalid_input"));
    expect((await repository.branchHead(id))?.commit).toBe(base);
  });

  test.each(["main", "0".repeat(40), "--all"])("does not start from %s", async (base) => {
    const { save } = await scene();
    await expect(save(base, { "README.md": "x" })).rejects.toMatchObject({
      code: expect.stringMatching(/NOT_FOUND|UNPROCESSABLE_CONTENT/),
    });
  });
});

describe("two people", () => {
  test("who change different things: the later is shown a merge, saves it, and both are in", async () => {
    const { save, base, id, caller, at } = await scene();
    await save(base, { "domain/customer.ts": withPhone }, "Phones");
    const outcome = await save(base, { "domain/customer.ts": withEmail, "domain/city.ts": city });
    if (outcome.status !== "diverged") throw new Error("The second save was not told.");
    const head = await caller.model.head(at);
    expect(outcome.theirs).toMatchObject({ ...head, message: "Phones" });
    expect(outcome.theirs.changes.join()).toMatch(/phone/);
    expect(outcome.conflicts).toEqual([]);
    expect((await repository.readFiles(id)).files["domain/city.ts"]).toBeUndefined();
    const again = await save(outcome.theirs.commit, outcome.mergedChanges);
    expect(again.status).toBe("saved");
    const { model } = readModel((await repository.readFiles(id)).files);
    expect(model?.resources.map(({ name }) => name)).toEqual(["City", "Customer"]);
    expect(model?.resources[1]?.attributes.map(({ name }) => name).toSorted()).toEqual(["email", "name", "phone"]);
    expect((await repository.readFiles(id)).files["domain/customer.ts"]).toContain("// Whoever buys.");
  });

  test("of whom the later removes a file: the merge takes it away too", async () => {
    const { save, base, id } = await scene();
    await save(base, { "README.md": "# Theirs\n" });
    const outcome = await save(base, { "seeds/customer.json": null });
    if (outcome.status !== "diverged") throw new Error("The second save was not told.");
    expect(outcome.mergedChanges).toEqual({ "seeds/customer.json": null });
    await save(outcome.theirs.commit, outcome.mergedChanges);
    const { files: now } = await repository.readFiles(id);
    expect(now["README.md"]).toBe("# Theirs\n");
    expect(now["seeds/customer.json"]).toBeUndefined();
    expect(now["notes/other.md"]).toBe(files["notes/other.md"]);
  });

  test("who change the same thing: the conflict is named and nothing is written", async () => {
    const { save, base, id } = await scene();
    const longer = (length: number) => customer.replace("required: true", `required: true, maxLength: ${length}`);
    await save(base, { "domain/customer.ts": longer(10) });
    const before = await repository.branchHead(id);
    const outcome = await save(base, { "domain/customer.ts": longer(20) });
    if (outcome.status !== "diverged") throw new Error("The second save was not told.");
    expect(outcome.conflicts).toHaveLength(1);
    expect(outcome.merged["domain/customer.ts"]).toContain("maxLength: 20");
    expect(await repository.branchHead(id)).toEqual(before);
  });

  test("who do the same are both answered as saved", async () => {
    const { save, base } = await scene();
    const first = await save(base, { "domain/customer.ts": withPhone });
    expect(await save(base, { "domain/customer.ts": withPhone })).toEqual(first);
  });

  test("however many save at once, everyone gets in by merging, and nobody's change is lost", async () => {
    const { save, base, id } = await scene();
    const people = ["alpha", "beta", "gamma", "delta"];
    await Promise.all(
      people.map(async (name) => {
        let from = base;
        let changed: Parameters<typeof save>[1] = {
          [`domain/${name}.ts`]: city.replace("City", name.charAt(0).toUpperCase() + name.slice(1)),
        };
        for (;;) {
          const outcome = await save(from, changed);
          if (outcome.status === "saved") return;
          from = outcome.theirs.commit;
          changed = outcome.mergedChanges;
        }
      }),
    );
    const { model } = readModel((await repository.readFiles(id)).files);
    expect(model?.resources.map(({ name }) => name)).toEqual(["Alpha", "Beta", "Customer", "Delta", "Gamma"]);
    expect(await repository.history(id)).toHaveLength(5);
  });
});

describe("history", () => {
  test("lists commits in pages and shows one as sentences and patches", async () => {
    const { save, base, caller, at } = await scene();
    const outcome = await save(base, { "domain/customer.ts": withPhone, "README.md": "# Our shop\n" });
    const commit = outcome.status === "saved" ? outcome.commit : "";
    const [newest, ...rest] = await caller.repository.history({ ...at, limit: 1 });
    expect(newest).toMatchObject({ commit, parents: [base] });
    expect(rest).toEqual([]);
    const older = await caller.repository.history({ ...at, before: commit });
    expect(older.map((entry) => entry.commit)).toEqual([base]);
    const changes = await caller.repository.changes({ ...at, commit });
    expect(changes.sentences.join()).toMatch(/phone/);
    expect(changes.files.map(({ path, status }) => [path, status])).toEqual([
      ["README.md", "changed"],
      ["domain/customer.ts", "changed"],
    ]);
    expect(changes.files[1]?.patch).toContain("+    phone: text(),\n");
  });

  test("tells what to clone", async () => {
    const { caller, at } = await scene();
    const { url } = await caller.repository.cloneUrl(at);
    expect(url).toBe(`https://gantry.example/git/${at.organisation}/shop.git`);
  });
});

function isAppErrorCause(code: Parameters<typeof isAppError>[0]): (thrown: unknown) => boolean {
  return (thrown) => thrown instanceof Error && isAppError(code)(thrown.cause);
}
