import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projects } from "#db/schema/projects.ts";
import type { Sources } from "#lib/model/sources.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import * as repository from "../repository/service.ts";

let plane: TestControlPlane;

beforeAll(async () => {
  plane = await testControlPlane({ NEXTAUTH_URL: "https://gantry.example" });
});
afterAll(() => plane[Symbol.asyncDispose]());

const deal = `import { allow, choice, decimal, forbid, resource, text } from "gantry";

export default resource("Deal", {
  attributes: {
    title: text({ required: true, maxLength: 20 }),
    stage: choice(["lead", "won"], { required: true, default: "lead" }),
    amount: decimal({ precision: 10, scale: 2, min: "0" }),
  },
  policies: [
    allow("read", "true"),
    allow("*", "'manager' in actor.roles"),
    forbid("destroy", "stage == 'won'", { describe: "Won deals are kept." }),
  ],
});
`;

const files: Sources = {
  "gantry.config.ts":
    'import { app } from "gantry";\n\nexport default app({ name: "Shop", roles: { manager: "Leads." } });\n',
  "domain/deal.ts": deal,
};

let count = 0;

async function scene(sources: Sources = files) {
  count += 1;
  const { user, organisation } = await plane.person(`Tester ${count}`);
  const found = await plane.db.query.organisations.findFirst({
    where: (table, { eq: is }) => is(table.slug, organisation),
  });
  const [project] = await plane.db
    .insert(projects)
    .values({ organisationId: found?.id ?? "", slug: "shop", name: "Shop", origin: "blank", state: "ready" })
    .returning();
  if (!project) throw new Error("An inserted row was not returned.");
  const author = { name: "Ann Example", email: "ann@example.com" };
  await repository.createRepository({ projectId: project.id, files: sources, author, message: "Begin" });
  const { tests } = plane.caller(user);
  return { tests, scope: { organisation, project: "shop" }, projectId: project.id };
}

async function fileOf(projectId: string, path: string): Promise<string | undefined> {
  return (await repository.readFiles(projectId)).files[path];
}

describe("proposals", () => {
  test("are accepted as one commit, and not proposed again", async () => {
    const { tests, scope, projectId } = await scene();
    const { open } = await tests.proposals(scope);
    const kept = open.filter(({ kind }) => kind === "policy");
    expect(kept.map(({ test: { name } }) => name)).toContain(
      "Deleting a deal is refused: nobody may destroy a deal while its stage is won",
    );
    expect(await tests.accept({ ...scope, ids: kept.map(({ id }) => id) })).toMatchObject({ accepted: kept.length });
    const after = await tests.get(scope);
    expect(after.problems).toEqual([]);
    expect(after.files).toHaveLength(1);
    expect(after.files[0]?.tests.map(({ test: { name } }) => name)).toEqual(kept.map(({ test: { name } }) => name));
    const left = await tests.proposals(scope);
    expect(left.open.map(({ id }) => id)).toEqual(open.filter((one) => !kept.includes(one)).map(({ id }) => id));
    expect((await repository.branchHead(projectId))?.message).toContain(`Accept ${kept.length} tests`);
  });

  test("are the same whenever they are asked for", async () => {
    const [one, other] = [await scene(), await scene()];
    const [first, second] = [await one.tests.proposals(one.scope), await other.tests.proposals(other.scope)];
    expect(first).toEqual(second);
  });

  test("are rejected with a reason, and come back when that is taken back", async () => {
    const { tests, scope } = await scene();
    const [first] = (await tests.proposals(scope)).open;
    if (!first) throw new Error("Something is proposed.");
    await tests.reject({ ...scope, id: first.id, reason: "Told by another." });
    const { open, rejected } = await tests.proposals(scope);
    expect(open.map(({ id }) => id)).not.toContain(first.id);
    expect(rejected).toMatchObject([{ proposal: { id: first.id }, reason: "Told by another." }]);
    await tests.unreject({ ...scope, id: first.id });
    expect((await tests.proposals(scope)).open[0]?.id).toBe(first.id);
  });

  test("are accepted as somebody has edited them, and then not proposed again either", async () => {
    const { tests, scope, projectId } = await scene();
    const proposed = (await tests.proposals(scope)).open.find(({ test: { name } }) => name.includes("needs its title"));
    if (!proposed) throw new Error("A required value is proposed.");
    const code =
      'import { create, refused, service, test, tests } from "gantry";\n\nexport default tests([\n  test("No deal without a title", { as: service(), do: create("Deal", { stage: "lead" }), expect: refused("invalid_input", { field: "title" }) }),\n]);\n';
    await tests.acceptEdited({ ...scope, id: proposed.id, code });
    expect(await fileOf(projectId, "tests/deal.ts")).toContain("No deal without a title");
    expect((await tests.proposals(scope)).open.map(({ id }) => id)).not.toContain(proposed.id);
  });

  test("that the model no longer makes are told so, and nothing is committed", async () => {
    const { tests, scope, projectId } = await scene();
    const before = (await repository.branchHead(projectId))?.commit;
    await expect(tests.accept({ ...scope, ids: ["0"] })).rejects.toMatchObject({ cause: { code: "not_found" } });
    expect((await repository.branchHead(projectId))?.commit).toBe(before);
  });

  test("need a sound model", async () => {
    const { tests, scope } = await scene({ ...files, "domain/deal.ts": deal.replace("'won'", "'wonn'") });
    await expect(tests.proposals(scope)).rejects.toMatchObject({ cause: { code: "invalid_model" } });
    expect((await tests.get(scope)).isSound).toBe(false);
  });
});

const vetted = `// What must never happen.
import { create, done, refused, service, test, tests } from "gantry";

export default tests([
  // Titles are on labels.
  test("A long title is refused", {
    as: service(),
    do: create("Deal", { title: "A title of more than twenty characters" }),
    expect: refused("invalid_input", { field: "title" }),
  }),
  test("A short title is fine", {
    as: service(),
    do: create("Deal", { title: "Short" }),
    expect: done(),
  }),
]);
`;

describe("tests", () => {
  test("are added to a file without a change of what is there", async () => {
    const { tests, scope, projectId } = await scene({ ...files, "tests/deal.ts": vetted });
    const [first] = (await tests.proposals(scope)).open;
    await tests.accept({ ...scope, ids: [first?.id ?? ""] });
    const text = (await fileOf(projectId, "tests/deal.ts")) ?? "";
    expect(text.slice(0, text.indexOf("import"))).toBe("// What must never happen.\n");
    const own = vetted.slice(vetted.indexOf("  // Titles"), vetted.lastIndexOf("]);"));
    expect(text).toContain(own.trimEnd());
    expect((await tests.get(scope)).files[0]?.tests).toHaveLength(3);
  });

  test("are edited and removed; the last one takes its file with it", async () => {
    const { tests, scope, projectId } = await scene({ ...files, "tests/deal.ts": vetted });
    const named = { ...scope, file: "deal", name: "A short title is fine" };
    const [, second] = (await tests.get(scope)).files[0]?.tests ?? [];
    await tests.save({ ...named, code: (second?.code ?? "").replace("A short title", "A title of one word") });
    expect(await fileOf(projectId, "tests/deal.ts")).toContain("A title of one word is fine");
    expect(await fileOf(projectId, "tests/deal.ts")).toContain("// Titles are on labels.");
    await expect(tests.remove(named)).rejects.toMatchObject({ cause: { code: "not_found" } });
    await tests.remove({ ...named, name: "A title of one word is fine" });
    await tests.remove({ ...named, name: "A long title is refused" });
    expect(await fileOf(projectId, "tests/deal.ts")).toBeUndefined();
  });

  test("that are not understood are refused with the place", async () => {
    const { tests, scope } = await scene({ ...files, "tests/deal.ts": vetted });
    const code =
      'import { test, tests } from "gantry";\n\nexport default tests([\n  test("Nothing", { as: somebody() }),\n]);\n';
    const { problems, test: read } = await tests.check({ ...scope, code });
    expect(read).toBeNull();
    expect(problems.map(({ line }) => line)).toContain(4);
    const saving = tests.save({ ...scope, file: "deal", name: "A short title is fine", code });
    await expect(saving).rejects.toMatchObject({ cause: { code: "invalid_input" } });
  });
});

test("coverage tells what no test would notice, and the proposal that would", async () => {
  const { tests, scope } = await scene();
  const coverage = async () => {
    const state = await tests.coverage(scope);
    return state.state === "done" ? state.coverage : null;
  };
  await expect.poll(coverage, { timeout: 20_000 }).not.toBeNull();
  const before = await coverage();
  const [resource] = before?.resources ?? [];
  expect(resource).toMatchObject({ resource: "Deal", covered: 0 });
  const kept = resource?.uncovered.find(({ sentence }) => sentence.includes("Nobody may destroy a deal"));
  expect(kept?.proposals).toHaveLength(1);
  await tests.accept({ ...scope, ids: [...(kept?.proposals ?? [])] });
  await expect.poll(coverage, { timeout: 20_000 }).not.toBeNull();
  const after = (await coverage())?.resources[0];
  expect(after?.covered).toBeGreaterThan(0);
  expect(after?.uncovered.map(({ sentence }) => sentence)).not.toContain(kept?.sentence);
});
