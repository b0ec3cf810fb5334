import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isAppError } from "#tests/support/isAppError.ts";
import { ann, type DataFolder, dataFolder, firstFiles, git, projectId } from "./testing/repositoryFixture.ts";

let data: DataFolder;
let service: typeof import("./service.ts");

beforeAll(async () => {
  data = await dataFolder();
  service = await import("./service.ts");
});
afterAll(() => data[Symbol.asyncDispose]());

const folderOf = (id: string) => join(data.path, "repositories", `${id}.git`);

async function project(files: Readonly<Record<string, string>> = firstFiles) {
  const id = projectId();
  const { commit } = await service.createRepository({ projectId: id, files, author: ann, message: "Begin" });
  return { id, commit, folder: folderOf(id) };
}

describe("making a repository", () => {
  test("gives a sound bare repository with one commit on main that holds exactly the files", async () => {
    const { id, commit, folder } = await project();
    expect(await service.readFiles(id)).toEqual({ commit, files: firstFiles });
    expect(await service.branchHead(id)).toMatchObject({ commit, parents: [], author: ann.name, message: "Begin" });
    expect(await git(folder, ["fsck", "--strict"])).toBe("");
    expect(await git(folder, ["symbolic-ref", "HEAD"])).toBe("refs/heads/main\n");
  });

  test("is done once, however often it is asked for and by how many at a time", async () => {
    const id = projectId();
    const creation = { projectId: id, files: firstFiles, author: ann, message: "Begin" };
    const made = await Promise.all([service.createRepository(creation), service.createRepository(creation)]);
    const again = await service.createRepository({ ...creation, files: { "README.md": "other" } });
    expect(new Set([...made, again].map(({ commit }) => commit)).size).toBe(1);
    expect((await readdir(join(data.path, "repositories"))).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  test("leaves nothing behind when the files are refused", async () => {
    const id = projectId();
    const creation = { projectId: id, files: { "../x": "" }, author: ann, message: "" };
    await expect(service.createRepository(creation)).rejects.toSatisfy(isAppError("invalid_input"));
    await expect(service.readFiles(id)).rejects.toSatisfy(isAppError("not_found"));
    expect((await readdir(join(data.path, "repositories"))).filter((name) => name.startsWith(id))).toEqual([]);
  });

  test("clears away what a killed process left of the same project, not what another is at", async () => {
    const id = projectId();
    const [old, fresh] = [`${folderOf(id)}.old.tmp`, `${folderOf(id)}.fresh.tmp`];
    await mkdir(old, { recursive: true });
    await mkdir(fresh);
    const longAgo = new Date(Date.now() - 3_600_000);
    await utimes(old, longAgo, longAgo);
    await service.createRepository({ projectId: id, files: firstFiles, author: ann, message: "Begin" });
    const left = (await readdir(join(data.path, "repositories"))).filter((name) => name.startsWith(id));
    expect(left.toSorted()).toEqual([`${id}.git`, `${id}.git.fresh.tmp`]);
    await rm(fresh, { recursive: true });
  });

  test("takes no path for the id of a project", async () => {
    await expect(service.readFiles("../../etc")).rejects.toThrow("Not the id of a project");
  });
});

describe("committing", () => {
  test("adds, changes and removes texts as one commit of the author", async () => {
    const { id, commit: base } = await project();
    const files = { ...firstFiles, "README.md": "# Shop 2\n", "domain/order.ts": "export default 1;\n" } as Record<
      string,
      string
    >;
    delete files["domain/customer.ts"];
    const author = { name: "Böb <b>\n", email: "bob@example.com" };
    const { commit } = await service.commitFiles({ projectId: id, branch: "main", base, files, author, message: "Do" });
    expect(await service.readFiles(id)).toEqual({ commit, files });
    expect(await service.branchHead(id)).toMatchObject({ parents: [base], author: "Böb  b", email: "bob@example.com" });
    expect(await service.readFiles(id, base)).toEqual({ commit: base, files: firstFiles });
  });

  test("keeps binary files, links and modes that it does not touch", async () => {
    const { id, folder } = await project();
    const clone = `${folder}.clone`;
    await git(data.path, ["clone", "-q", folder, clone]);
    await mkdir(join(clone, "bin"));
    await writeFile(join(clone, "logo.png"), Buffer.from([0x89, 0x50, 0, 0xff]));
    await writeFile(join(clone, "bin/run.sh"), "#!/bin/sh\n", { mode: 0o755 });
    await git(clone, ["-c", "core.symlinks=true", "add", "."]);
    await git(clone, ["commit", "-qm", "Add"]);
    await git(clone, ["push", "-q"]);
    const { commit: base, files } = await service.readFiles(id);
    expect(Object.keys(files)).not.toContain("logo.png");
    const changed = { ...files, "bin/run.sh": "#!/bin/sh\necho\n" };
    await service.commitFiles({ projectId: id, branch: "main", base, files: changed, author: ann, message: "Edit" });
    const tree = await git(folder, ["ls-tree", "-r", "main"]);
    expect(tree).toMatch(/^100755 blob \w+\tbin\/run.sh$/m);
    expect(tree).toMatch(/^100644 blob \w+\tlogo.png$/m);
  });

  test("makes no commit where nothing differs", async () => {
    const { id, commit: base } = await project();
    const same = { projectId: id, branch: "main", base, files: firstFiles, author: ann, message: "Nothing" };
    expect(await service.commitFiles(same)).toEqual({ commit: base });
  });

  test("refuses when the branch has moved, so that nobody's work is overwritten", async () => {
    const { id, commit: base } = await project();
    const change = (text: string) =>
      service.commitFiles({
        projectId: id,
        branch: "main",
        base,
        files: { ...firstFiles, "README.md": text },
        author: ann,
        message: text,
      });
    const outcomes = await Promise.allSettled(["a", "b", "c", "d"].map(change));
    const won = outcomes.filter(({ status }) => status === "fulfilled");
    const lost = outcomes.filter((outcome) => outcome.status === "rejected").map(({ reason }) => reason.code);
    expect(won).toHaveLength(1);
    expect(lost).toEqual(["conflict", "conflict", "conflict"]);
  });

  test("neither brings back a branch that is deleted meanwhile nor moves one on that is set back", async () => {
    const { importCommit } = await import("./git/importCommit.ts");
    const { id, commit: first, folder } = await project();
    const change = { projectId: id, branch: "main", base: first, author: ann, message: "Next" };
    const { commit: second } = await service.commitFiles({ ...change, files: { ...firstFiles, "a.txt": "a" } });
    const directory = await service.openRepository(id);
    const content = Buffer.from("late");
    const late = {
      branch: "feature",
      parent: second,
      changes: [{ path: "late.txt", content, mode: "100644" as const }],
      author: ann,
      message: "Late\n",
    };
    // It stood at `second` when the save began.
    await git(folder, ["branch", "feature", first]);
    await expect(importCommit(directory, late)).rejects.toThrow();
    expect((await service.branchHead(id, "feature"))?.commit).toBe(first);
    await git(folder, ["branch", "-D", "feature"]);
    await expect(importCommit(directory, late)).rejects.toThrow();
    expect(await service.branchHead(id, "feature")).toBeNull();
    expect(await git(folder, ["for-each-ref", "--format=%(refname)"])).toBe("refs/heads/main\n");
  });

  test("keeps any texts under any allowed names, byte for byte", async () => {
    const { id } = await project();
    const part = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).map((text) => `p${text}`);
    const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
    const { treePathProblem, folderClash } = await import("./git/treePath.ts");
    const set = fc
      .dictionary(
        path.filter((one) => treePathProblem(one) === null),
        fc.string({ unit: "binary" }).filter((text) => text.isWellFormed() && !text.includes("\0")),
        { maxKeys: 8, noNullPrototype: true },
      )
      .filter((files) => folderClash(Object.keys(files)) === null);
    await fc.assert(
      fc.asyncProperty(set, async (files) => {
        const base = (await service.branchHead(id))?.commit ?? "";
        const change = { projectId: id, branch: "main", base, files, author: ann, message: "Any" };
        const { commit } = await service.commitFiles(change);
        const fresh = await import("./git/readSources.ts");
        const directory = await service.openRepository(id);
        expect((await fresh.readSources(directory, commit)).files).toEqual(files);
      }),
      { numRuns: 40 },
    );
    expect(await git(folderOf(id), ["fsck", "--strict"])).not.toMatch(/error|missing|broken/);
  });

  test.each([
    ["", "is empty"],
    ["/etc/passwd", "empty part"],
    ["a/../b", '".."'],
    ["a//b", "empty part"],
    [".git/config", ".git"],
    ["a/.GIT/hooks/x", ".git"],
    ["a/.g\u200cit/x", ".git"],
    ["a\\b", "backslash"],
    ["a\nb", "control character"],
    ["a\ud800b", "Unicode"],
    [`${"x".repeat(301)}`, "longer"],
  ])("refuses the path %j", async (path, reason) => {
    const { id, commit: base } = await project();
    const change = { projectId: id, branch: "main", base, files: { [path]: "x" }, author: ann, message: "" };
    const error = await service.commitFiles(change).catch((thrown: unknown) => thrown);
    expect(error).toSatisfy(isAppError("invalid_input"));
    expect(error).toHaveProperty("fields.0.message", expect.stringContaining(reason));
    expect((await service.branchHead(id))?.commit).toBe(base);
  });

  test.each([
    [{ a: "x", "a/b": "y" }, "both a file and a folder"],
    [{ a: "\0" }, "NUL"],
    [{ a: "x".repeat(2 * 1024 * 1024 + 1) }, "larger than 2 MiB"],
    [{ a: "\udfff" }, "not valid Unicode"],
  ])("refuses texts that cannot be kept (%#)", async (files, reason) => {
    const { id, commit: base } = await project();
    const change = { projectId: id, branch: "main", base, files, author: ann, message: "" };
    const error = await service.commitFiles(change as Parameters<typeof service.commitFiles>[0]).catch((e) => e);
    expect(error).toHaveProperty("fields.0.message", expect.stringContaining(reason));
  });

  test("goes on after the lock of a killed process was left on the branch", async () => {
    const { id, commit: base, folder } = await project();
    const lock = join(folder, "refs/heads/main.lock");
    await writeFile(lock, "");
    await ageLocks(folder);
    const files = { ...firstFiles, "README.md": "after" };
    await service.commitFiles({ projectId: id, branch: "main", base, files, author: ann, message: "After" });
    expect((await service.readFiles(id)).files).toEqual(files);
  });
});

describe("being killed", () => {
  test("in the middle of commits never leaves a broken repository or half a commit", async () => {
    const { id, folder } = await project();
    for (let round = 0; round < 8; round += 1) {
      const child = fork(new URL("./testing/commitForever.ts", import.meta.url), [id], {
        stdio: ["ignore", "ignore", "inherit", "ipc"],
        execArgv: [],
        detached: true,
      });
      await once(child, "message");
      // How far it gets by then differs from round to round.
      for (let turn = 0; turn < round * 5000; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      // The whole group: the Git that it runs goes with it.
      process.kill(-(child.pid ?? Number.NaN), "SIGKILL");
      await once(child, "exit");
      await git(folder, ["fsck", "--strict", "--no-dangling"]);
      const { files } = await service.readFiles(id);
      // Each commit sets both files to one text: never one without the other.
      expect(files["a.txt"]).toBe(files["b/c.txt"]);
      await ageLocks(folder);
    }
    const base = (await service.branchHead(id))?.commit ?? "";
    const files = { "README.md": "alive" };
    await service.commitFiles({ projectId: id, branch: "main", base, files, author: ann, message: "Alive" });
    expect((await service.readFiles(id)).files).toEqual(files);
    expect((await service.history(id, { limit: 500 })).length).toBeGreaterThan(2);
  }, 120_000);
});

async function ageLocks(folder: string): Promise<void> {
  const longAgo = new Date(Date.now() - 3_600_000);
  for (const name of await readdir(folder, { recursive: true })) {
    if (name.endsWith(".lock")) await utimes(join(folder, name), longAgo, longAgo);
  }
}

describe("history", () => {
  test("is listed newest first, in pages", async () => {
    const { id, commit: first } = await project();
    const commits = [first];
    for (const text of ["one", "two\n\nwith a body", "three"]) {
      const base = commits.at(-1) ?? "";
      const files = { ...firstFiles, "README.md": text };
      commits.push(
        (await service.commitFiles({ projectId: id, branch: "main", base, files, author: ann, message: text })).commit,
      );
    }
    const page = await service.history(id, { limit: 3 });
    expect(page.map(({ message }) => message)).toEqual(["three", "two\n\nwith a body", "one"]);
    const rest = await service.history(id, { limit: 3, before: page[2]?.commit });
    expect(rest.map(({ commit }) => commit)).toEqual([first]);
    expect(await service.history(id, { before: first })).toEqual([]);
    expect(Date.parse(page[0]?.at ?? "")).toBeGreaterThan(Date.now() - 60_000);
  });

  test("shows what a commit did to each file", async () => {
    const { id, commit: base } = await project({ ...firstFiles, "old.txt": "same\n".repeat(20) });
    const files = {
      ...firstFiles,
      "README.md": "# Shop\n-- not a header\ndiff --git a/x b/x\n",
      "new name.txt": "same\n".repeat(20),
      "added.txt": "hello\n",
    };
    const author = ann;
    const { commit } = await service.commitFiles({ projectId: id, branch: "main", base, files, author, message: "M" });
    const changes = await service.changesOf(id, commit);
    expect(changes.files).toEqual([
      {
        path: "README.md",
        status: "changed",
        patch: "@@ -1 +1,3 @@\n # Shop\n+-- not a header\n+diff --git a/x b/x\n",
      },
      { path: "added.txt", status: "added", patch: "@@ -0,0 +1 @@\n+hello\n" },
      { path: "new name.txt", status: "renamed", from: "old.txt", patch: "" },
    ]);
    expect(changes.before["README.md"]).toBe("# Shop\n");
    expect(changes.info.message).toBe("M");
    const first = await service.changesOf(id, base);
    expect(first.files.map(({ status }) => status)).toEqual(["added", "added", "added", "added"]);
  });

  test.each(["f".repeat(40), "--all", "main", "HEAD~1"])("knows no commit %j", async (commit) => {
    const { id } = await project();
    await expect(service.changesOf(id, commit)).rejects.toSatisfy(isAppError("not_found"));
    await expect(service.history(id, { before: commit })).rejects.toSatisfy(isAppError("not_found"));
  });

  test("does not take a branch for another whose name begins with it", async () => {
    const { id, folder, commit } = await project();
    await git(folder, ["branch", "feature/one"]);
    expect(await service.branchHead(id, "feature")).toBeNull();
    expect((await service.branchHead(id, "feature/one"))?.commit).toBe(commit);
  });

  test.each(["nothing", "--help", "../../x", "a b", "f".repeat(40)])("knows no branch %j", async (branch) => {
    const { id } = await project();
    await expect(service.readFiles(id, branch)).rejects.toSatisfy(isAppError("not_found"));
    expect(await service.branchHead(id, branch)).toBeNull();
  });
});

describe("keeping house", () => {
  test("packs a repository of many commits and reads the same afterwards", async () => {
    const many = (text: string) =>
      Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`notes/${index}.txt`, `${text} ${index}`]));
    const { id, folder, commit: base } = await project(many("one"));
    const change = { projectId: id, branch: "main", base, files: many("two"), author: ann, message: "Two" };
    await service.commitFiles(change);
    const before = await service.readFiles(id);
    const packs = async () => (await readdir(join(folder, "objects/pack"))).filter((name) => name.endsWith(".pack"));
    expect(await packs()).toHaveLength(2);
    await git(folder, ["config", "gc.autoPackLimit", "1"]);
    await service.maintainRepository(id);
    expect(await packs()).toHaveLength(1);
    expect(await service.readFiles(id, "main")).toEqual(before);
    expect((await service.readFiles(id, base)).files).toEqual(many("one"));
    expect((await service.branchHead(id))?.commit).toBe(before.commit);
  });

  test("removes a repository whole, and again without complaint", async () => {
    const { id } = await project();
    await service.removeRepository(id);
    await service.removeRepository(id);
    await expect(service.readFiles(id)).rejects.toSatisfy(isAppError("not_found"));
    expect((await readdir(join(data.path, "repositories"))).filter((name) => name.startsWith(id))).toEqual([]);
  });
});
