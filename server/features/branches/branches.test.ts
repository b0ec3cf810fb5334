import { execFileSync } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Sources } from "#lib/model/sources.ts";
import type { SessionUser } from "#server/access/Principal.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { isAppError } from "#tests/support/isAppError.ts";
import * as repository from "../repository/service.ts";
import { git } from "../repository/testing/repositoryFixture.ts";
import { temporaryFolder } from "../repository/testing/temporaryFolder.ts";

let plane: TestControlPlane;
let work: AsyncDisposable & { readonly path: string };
let ada: { readonly user: SessionUser; readonly organisation: string };

beforeAll(async () => {
  plane = await testControlPlane();
  work = await temporaryFolder();
  ada = await plane.person("Ada");
});
afterAll(async () => {
  await work[Symbol.asyncDispose]();
  await plane[Symbol.asyncDispose]();
});

const customer = (attributes: string) => `import { decimal, resource, text } from "gantry";

export default resource("Customer", {
  attributes: {
${attributes}
  },
});
`;
const files: Sources = {
  "gantry.config.ts": 'import { app } from "gantry";\n\nexport default app({ name: "Shop" });\n',
  "domain/customer.ts": customer("    name: text({ required: true }),"),
  "README.md": "# Shop\n",
};

let number = 0;
let scope: { readonly organisation: string; readonly project: string };
let id: string;
let caller: ReturnType<TestControlPlane["caller"]>;

beforeEach(async () => {
  number += 1;
  caller = plane.caller(ada.user);
  const { slug } = await caller.projects.create({
    organisation: ada.organisation,
    name: `Shop ${number}`,
    from: { kind: "blank" },
  });
  scope = { organisation: ada.organisation, project: slug };
  id = (await plane.db.query.projects.findFirst({ where: (table, { eq }) => eq(table.slug, slug) }))?.id ?? "";
  await save("main", files);
});

/** Makes these the files of a branch. */
async function save(branch: string, next: Sources, message = "Edit"): Promise<string> {
  const base = (await repository.branchHead(id, branch))?.commit ?? "";
  const author = { name: "Ada", email: "ada@example.com" };
  return (await repository.commitFiles({ projectId: id, branch, base, files: next, author, message })).commit;
}

async function commits(from: string, into: string) {
  const [one, other] = [await repository.branchHead(id, from), await repository.branchHead(id, into)];
  return { from: one?.commit ?? "", into: other?.commit ?? "" };
}

const withCustomer = (attributes: string): Sources => ({ ...files, "domain/customer.ts": customer(attributes) });

describe("branches", () => {
  test("are listed with who moved them, when and why, how far they are from main, and where their rule brings them", async () => {
    await caller.branches.create({ ...scope, name: "feature/phone" });
    await save("feature/phone", withCustomer("    name: text({ required: true }),\n    phone: text(),"), "Add phone");
    await save("main", { ...files, "README.md": "# Shop 2\n" });
    await save("main", { ...files, "README.md": "# Shop 3\n" });
    const [main, feature] = await caller.branches.list(scope);
    expect(main).toMatchObject({
      name: "main",
      ahead: 0,
      behind: 0,
      rule: { pattern: "main", environment: "production" },
    });
    expect(main?.environment).toMatchObject({ name: "production", release: null, lastDeployment: null });
    expect(feature).toMatchObject({
      name: "feature/phone",
      head: { author: "Ada", message: "Add phone" },
      ahead: 1,
      behind: 2,
      rule: { pattern: "*", environment: null, deploys: "automatic" },
      environment: null,
    });
  });

  test.each([
    ["..", "invalid_input"],
    ["a b", "invalid_input"],
    ["-x", "invalid_input"],
    ["x.lock", "invalid_input"],
    ["main", "conflict"],
    ["MAIN", "conflict"],
    ["main/x", "conflict"],
  ] as const)("of the name %s cannot be made", async (name, code) => {
    await expect(caller.branches.create({ ...scope, name })).rejects.toMatchObject({ cause: { code } });
    expect(await caller.branches.list(scope)).toHaveLength(1);
  });

  test("go only as they were seen, and main stays", async () => {
    const { head } = await caller.branches.create({ ...scope, name: "feature" });
    const moved = await save("feature", { ...files, "README.md": "# New\n" });
    await expect(caller.branches.delete({ ...scope, name: "feature", at: head.commit })).rejects.toMatchObject({
      cause: { code: "conflict" },
    });
    await caller.branches.delete({ ...scope, name: "feature", at: moved });
    expect(await repository.branchHead(id, "feature")).toBeNull();
    const { into } = await commits("main", "main");
    await expect(caller.branches.delete({ ...scope, name: "main", at: into })).rejects.toMatchObject({
      cause: { code: "conflict", message: expect.stringContaining("main") },
    });
  });

  test("are worked on in the builder, each for itself", async () => {
    const { head } = await caller.branches.create({ ...scope, name: "feature" });
    const changed = { "domain/customer.ts": customer("    name: text(),\n    phone: text(),") };
    const saved = await caller.model.save({ ...scope, branch: "feature", base: head.commit, files: changed });
    expect(saved.status).toBe("saved");
    expect((await caller.model.get({ ...scope, branch: "feature" })).files["domain/customer.ts"]).toContain("phone");
    expect((await caller.model.get(scope)).files["domain/customer.ts"]).not.toContain("phone");
    expect((await caller.model.head({ ...scope, branch: "feature" })).message).toContain("phone");
    expect(await caller.repository.history({ ...scope, branch: "feature" })).toHaveLength(3);
    expect(await caller.repository.history(scope)).toHaveLength(2);
    await expect(caller.model.get({ ...scope, branch: "gone" })).rejects.toMatchObject({
      cause: { code: "not_found" },
    });
  });
});

describe("a merge", () => {
  const compare = (from: string, into = "main", resolutions = {}) =>
    caller.branches.compare({ ...scope, from, into, resolutions });
  const merge = async (from: string, into = "main", resolutions = {}) =>
    caller.branches.merge({ ...scope, from, into, resolutions, commits: await commits(from, into) });

  test("moves the branch on where it has nothing of its own", async () => {
    await caller.branches.create({ ...scope, name: "feature" });
    const commit = await save("feature", withCustomer("    name: text({ required: true }),\n    phone: text(),"));
    const seen = await compare("feature");
    expect(seen).toMatchObject({ state: "fastForward", ahead: 1, behind: 0, conflicts: [], otherChanges: [] });
    expect(seen.changes.map(({ sentence }) => sentence)).toEqual([expect.stringContaining("phone")]);
    expect(seen.files).toEqual([
      { path: "domain/customer.ts", status: "changed", patch: expect.stringContaining("+    phone: text(),") },
    ]);
    expect(await merge("feature")).toEqual({ status: "merged", how: "fastForward", commit });
    expect((await repository.branchHead(id))?.commit).toBe(commit);
    expect(await compare("feature")).toMatchObject({ state: "same" });
    expect(await merge("feature")).toMatchObject({ how: "nothing" });
  });

  test("of different attributes of one resource meets no conflict and is a commit with both as parents", async () => {
    await caller.branches.create({ ...scope, name: "feature" });
    const from = await save("feature", withCustomer("    name: text({ required: true }),\n    phone: text(),"));
    const into = await save("main", withCustomer("    email: text(),\n    name: text({ required: true }),"));
    expect(await compare("feature")).toMatchObject({ state: "mergeable", ahead: 1, behind: 1, conflicts: [] });
    const outcome = await merge("feature");
    expect(outcome).toMatchObject({ status: "merged", how: "merge" });
    const head = await repository.branchHead(id);
    expect(head).toMatchObject({
      parents: [into, from],
      author: "Ada",
      message: expect.stringContaining("Merge feature into main"),
    });
    const text = (await repository.readFiles(id)).files["domain/customer.ts"] ?? "";
    expect(text).toMatch(/email: text\(\),\n\s+name: text.*\n\s+phone: text\(\)/);
    const { path } = await repository.openRepository(id);
    expect(await git(path, ["fsck", "--strict"])).toBe("");
    expect(await compare("feature")).toMatchObject({ state: "merged" });
  });

  test("tells what both changed in words, changes nothing until each is decided, and then does as was said", async () => {
    await caller.branches.create({ ...scope, name: "feature" });
    await save("feature", withCustomer("    name: text({ required: true, maxLength: 40 }),"));
    const into = await save("main", withCustomer("    name: text({ required: true, maxLength: 80 }),"));
    const { state, conflicts } = await compare("feature");
    expect(state).toBe("conflicts");
    expect(conflicts).toEqual([
      {
        key: expect.any(String),
        sentence: "Customer.name: feature sets maxLength to 40, main sets it to 80",
        sides: { from: "40", into: "80" },
        breaks: false,
      },
    ]);
    const key = conflicts[0]?.key ?? "";
    expect(await merge("feature")).toEqual({ status: "conflicts", conflicts });
    expect((await repository.branchHead(id))?.commit).toBe(into);
    expect(await compare("feature", "main", { [key]: "from" })).toMatchObject({ state: "mergeable" });
    for (const [side, length] of [
      ["into", 80],
      ["from", 40],
    ] as const) {
      await caller.branches.create({ ...scope, name: `try-${side}` });
      await merge("feature", `try-${side}`, { [key]: side });
      const text = (await repository.readFiles(id, `try-${side}`)).files["domain/customer.ts"];
      expect(text).toContain(`maxLength: ${length}`);
    }
  });

  test("lets what one removed and the other changed go or stay", async () => {
    const total = (more: string) =>
      `    name: text({ required: true }),\n    total: decimal({ precision: 8, scale: 2${more} }),`;
    await save("main", withCustomer(total("")));
    await caller.branches.create({ ...scope, name: "feature" });
    await save("feature", withCustomer("    name: text({ required: true }),"));
    await save("main", withCustomer(total(", min: 0")));
    const { conflicts } = await compare("feature");
    expect(conflicts).toMatchObject([
      { sentence: "feature removes Customer.total and main changes it", sides: { from: "removed" } },
    ]);
    const key = conflicts[0]?.key ?? "";
    await merge("feature", "main", { [key]: "from" });
    expect((await repository.readFiles(id)).files["domain/customer.ts"]).not.toContain("total");
  });

  test("that both together make unsound is told, and can be mended by taking one side", async () => {
    const total = (more: string) => `    total: decimal({ precision: 8, scale: 2${more} }),`;
    await save("main", withCustomer(total("")));
    await caller.branches.create({ ...scope, name: "feature" });
    await save("feature", withCustomer(total(", min: 10")));
    await save("main", withCustomer(total(", max: 5")));
    const { conflicts, state } = await compare("feature");
    expect(state).toBe("conflicts");
    expect(conflicts).toMatchObject([
      { breaks: true, sentence: expect.stringContaining("Customer.total does not fit") },
    ]);
    const key = conflicts[0]?.key ?? "";
    expect(await compare("feature", "main", { [key]: "from" })).toMatchObject({ state: "mergeable", conflicts: [] });
    expect(await merge("feature", "main", { [key]: "from" })).toMatchObject({ how: "merge" });
    const text = (await repository.readFiles(id)).files["domain/customer.ts"];
    expect(text).toMatch(/min: "?10/);
    expect(text).not.toContain("max");
  });

  test("carries pictures, links, modes and renames of either branch, and asks where both changed a picture", async () => {
    const { path } = await repository.openRepository(id);
    const clone = join(work.path, `clone-${number}`);
    await git(work.path, ["clone", "-q", path, clone]);
    const commit = async (branch: string, script: string) => {
      await git(clone, ["switch", "-q", branch]);
      execFileSync("sh", ["-c", script], { cwd: clone });
      await git(clone, ["add", "-A"]);
      await git(clone, ["commit", "-qm", "Edit"]);
      await git(clone, ["push", "-q", "origin", branch]);
    };
    await commit("main", "printf '\\0a' > both.png; printf '\\0b' > gone.png; printf 'one\\n2\\n3\\n' > run.sh");
    await git(clone, ["branch", "feature"]);
    await commit(
      "feature",
      "printf '\\0c' > both.png; printf '\\0d' > new.png; rm gone.png; ln -s run.sh link; chmod +x run.sh",
    );
    await commit("main", "printf '\\0e' > both.png; echo two > other.txt; echo 4 >> run.sh");
    const { conflicts } = await compare("feature");
    expect(conflicts).toMatchObject([{ sentence: "both.png is changed on feature and on main" }]);
    await merge("feature", "main", { [conflicts[0]?.key ?? ""]: "from" });
    const tree = await git(path, ["ls-tree", "-r", "main"]);
    expect(tree).toMatch(/^100644 blob \w+\tnew\.png$/m);
    expect(tree).toMatch(/^120000 blob \w+\tlink$/m);
    expect(tree).toMatch(/^100755 blob \w+\trun\.sh$/m);
    expect(tree).toMatch(/^100644 blob \w+\tother\.txt$/m);
    expect(tree).not.toContain("gone.png");
    expect(await git(path, ["show", "main:both.png"])).toBe("\0c");
    expect(await git(path, ["show", "main:run.sh"])).toBe("one\n2\n3\n4\n");
    await rm(clone, { recursive: true });
  });

  test("is of what was seen, of two branches, and of one history", async () => {
    await caller.branches.create({ ...scope, name: "feature" });
    await save("feature", { ...files, "README.md": "# New\n" });
    const seen = await commits("feature", "main");
    await save("feature", { ...files, "README.md": "# Newer\n" });
    await expect(
      caller.branches.merge({ ...scope, from: "feature", into: "main", commits: seen }),
    ).rejects.toMatchObject({
      cause: { code: "conflict", message: "feature has changed since you compared. Look again, then merge." },
    });
    await expect(compare("main", "main")).rejects.toMatchObject({ cause: { code: "invalid_input" } });
    const { path } = await repository.openRepository(id);
    const tree = (await git(path, ["rev-parse", "main^{tree}"])).trim();
    const orphan = (await git(path, ["commit-tree", "-m", "Elsewhere", tree])).trim();
    await git(path, ["update-ref", "refs/heads/elsewhere", orphan]);
    expect(await compare("elsewhere")).toMatchObject({ state: "unrelated", base: null });
    await expect(merge("elsewhere")).rejects.toSatisfy((error: { cause?: unknown }) =>
      isAppError("conflict")(error.cause),
    );
  });
});
