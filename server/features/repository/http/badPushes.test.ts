import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projects } from "#db/schema/projects.ts";
import { createToken } from "#server/features/tokens/service.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { isAppError } from "#tests/support/isAppError.ts";
import * as repository from "../service.ts";
import { type FetchServer, fetchServer } from "../testing/fetchServer.ts";
import { ann, firstFiles, git } from "../testing/repositoryFixture.ts";
import { temporaryFolder } from "../testing/temporaryFolder.ts";
import { serveGit } from "./serveGit.ts";

let plane: TestControlPlane;
let server: FetchServer;
let work: AsyncDisposable & { readonly path: string };
/** While this file is there, Git of the server can write no file beyond a few KiB, as on a disk that is full. */
let full: string;

beforeAll(async () => {
  work = await temporaryFolder();
  const bin = join(work.path, "bin");
  full = join(work.path, "full");
  const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
  await mkdir(bin);
  // Ignoring the signal makes the limit an error of writing, as a full disk is.
  const script = `#!/bin/sh\nif [ -n "$GIT_CONFIG_COUNT" ] && [ -e "${full}" ]; then trap '' XFSZ; ulimit -f 16; fi\nexec ${real} "$@"\n`;
  await writeFile(join(bin, "git"), script);
  await chmod(join(bin, "git"), 0o755);
  plane = await testControlPlane({ PATH: `${bin}${delimiter}${process.env.PATH}` });
  server = await fetchServer((request) => serveGit(request, plane.db));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await work[Symbol.asyncDispose]();
  await plane[Symbol.asyncDispose]();
});

let number = 0;

/** A project with a repository, and a clone of it. */
async function scene() {
  number += 1;
  const { user, organisation } = await plane.person(`Person ${number}`);
  const home = await plane.db.query.organisations.findFirst({ where: (table, { eq }) => eq(table.slug, organisation) });
  const [project] = await plane.db
    .insert(projects)
    .values({ organisationId: home?.id ?? "", slug: "shop", name: "Shop", origin: "blank", state: "ready" })
    .returning();
  const id = project?.id ?? "";
  const { commit } = await repository.createRepository({
    projectId: id,
    files: firstFiles,
    author: ann,
    message: "Begin",
  });
  const { token } = await createToken(plane.db, user.id, { name: "laptop", expiresAt: null });
  const url = `${server.url.replace("//", `//x:${token}@`)}/git/${organisation}/shop.git`;
  const folder = join(work.path, `clone-${number}`);
  await git(work.path, ["clone", "-q", url, folder]);
  const { path } = await repository.openRepository(id);
  return { id, folder, path, commit, refs: () => git(path, ["for-each-ref"]) };
}

type Scene = Awaited<ReturnType<typeof scene>>;

/** What git printed while it failed; the server's repository is as it was, and whole. */
async function refused({ folder, path, refs }: Scene, ...args: readonly string[]): Promise<string> {
  const before = await refs();
  const said = await git(folder, ["push", "origin", ...args]).then(
    () => "",
    (error: { stderr: string }) => error.stderr,
  );
  expect(said).not.toBe("");
  expect(await refs()).toBe(before);
  expect(await git(path, ["fsck", "--strict", "--no-dangling"])).toBe("");
  expect((await readdir(join(path, "objects"))).filter((name) => name.startsWith("tmp_"))).toEqual([]);
  return said;
}

/** A commit of a tree that no work tree can hold: `mktree`'s lines beside the files of the app. */
async function commitTree({ folder }: Scene, ...lines: readonly string[]): Promise<string> {
  const tree = `${await git(folder, ["ls-tree", "HEAD"])}${lines.join("\n")}\n`;
  const made = execFileSync("git", ["mktree", "--missing"], { cwd: folder, input: tree, encoding: "utf8" }).trim();
  return (await git(folder, ["commit-tree", "-m", "Odd", "-p", "HEAD", made])).trim();
}

async function blob({ folder }: Scene): Promise<string> {
  return (await git(folder, ["rev-parse", "HEAD:README.md"])).trim();
}

describe("a push of an odd shape", () => {
  test.each([
    ["..", /hasDotdot|contains '\.\.'/],
    [".git", /hasDotgit|contains '\.git'/],
    [".GIT", /hasDotgit|contains '\.git'/],
  ])("with the path %j is refused", async (name, reason) => {
    const place = await scene();
    const commit = await commitTree(place, `100644 blob ${await blob(place)}\t${name}`);
    expect(await refused(place, `${commit}:refs/heads/main`)).toMatch(reason);
  });

  test("with paths that are not the same file on every machine is refused, each with its reason", async () => {
    const place = await scene();
    const names = ["a\u0001b", "a\\b", "readme.md", "x".repeat(400)];
    const object = await blob(place);
    const commit = await commitTree(place, ...names.map((name) => `100644 blob ${object}\t${name}`));
    const said = await refused(place, `${commit}:refs/heads/main`);
    expect(said.match(/error path: This path has a control character or a backslash\./g)).toHaveLength(2);
    expect(said).toMatch(
      /^remote: readme\.md:1:1 error path: This path differs from README\.md in capital letters only\./m,
    );
    expect(said).toMatch(/^remote: x{120}…:1:1 error path: This path is longer than 300 bytes\./m);
    expect(said).toContain("main was not changed: 4 errors.");
  });

  test("with folders in each other by the thousand is refused", async () => {
    const place = await scene();
    // By git's own stream, which makes a tree for every folder of the path.
    const path = Array.from({ length: 3000 }, () => "d").join("/");
    const stream = `commit refs/heads/deep\ncommitter A <a@example.com> 1 +0000\ndata 1\nx\nfrom ${place.commit}\nM 100644 ${await blob(place)} ${path}\n\ndone\n`;
    execFileSync("git", ["fast-import", "--quiet", "--done"], { cwd: place.folder, input: stream });
    expect(await refused(place, "deep")).toMatch(/longer than 300 bytes|unpacker error|declined/);
  });

  test("to branches whose names no address could hold is refused", async () => {
    const place = await scene();
    const names = ["feature#1", "föhn", "a/b@c", `x${"y".repeat(120)}`];
    const said = await refused(place, ...names.map((name) => `main:refs/heads/${name}`));
    for (const name of names) expect(said).toContain(`remote: ${name}: Use letters, digits`);
  });

  test("to a branch that differs from another in capital letters only is refused", async () => {
    const place = await scene();
    await git(place.path, ["branch", "feature"]);
    expect(await refused(place, "main:refs/heads/Feature")).toContain("differs from feature in capital letters only");
    expect(await refused(place, "main:refs/heads/feature/more")).toContain("rejected");
  });

  test("of more branches than a project may have is refused, at once and one after the other", async () => {
    const place = await scene();
    const many = Array.from({ length: 60 }, (_, index) => `main:refs/heads/b${index}`);
    expect(await refused(place, ...many)).toContain("at most 50 branches and tags at a time");
    const lines = Array.from({ length: 499 }, (_, index) => `create refs/heads/c${index} ${place.commit}\n`).join("");
    execFileSync("git", ["update-ref", "--stdin"], { cwd: place.path, input: lines });
    expect(await refused(place, "main:refs/heads/more")).toContain("at most 500 branches");
    expect(await repository.listBranches(place.id)).toHaveLength(500);
    // One that goes makes room for one that comes.
    await git(place.folder, ["push", "-q", "origin", ":refs/heads/c1", "main:refs/heads/more"]);
  });

  test("that moves one branch and deletes another does both or neither", async () => {
    const place = await scene();
    await git(place.path, ["branch", "old"]);
    await git(place.path, ["branch", "other"]);
    await git(place.folder, ["commit", "-q", "--allow-empty", "-m", "Next"]);
    await git(place.folder, ["push", "-q", "origin", "main", ":refs/heads/old"]);
    const names = async () => (await repository.listBranches(place.id)).map(({ name }) => name);
    expect(await names()).toEqual(["main", "other"]);
    await writeFile(join(place.folder, "domain/broken.ts"), "not a resource");
    await git(place.folder, ["add", "-A"]);
    await git(place.folder, ["commit", "-qm", "Break"]);
    // A push with errors changes nothing, not even what it was right about.
    await refused(place, "main", ":refs/heads/other");
    expect(await names()).toEqual(["main", "other"]);
  });

  test("may rewrite a branch that is not main: people rebase their own", async () => {
    const place = await scene();
    await git(place.folder, ["switch", "-qc", "feature"]);
    await git(place.folder, ["commit", "-q", "--allow-empty", "-m", "One"]);
    await git(place.folder, ["push", "-q", "origin", "feature"]);
    await git(place.folder, ["commit", "-q", "--amend", "--allow-empty", "-m", "Other"]);
    expect(await refused(place, "feature")).toContain("non-fast-forward");
    await git(place.folder, ["push", "-q", "--force", "origin", "feature"]);
    expect((await repository.branchHead(place.id, "feature"))?.message).toBe("Other");
  });
});

describe("a disk that is full", () => {
  async function whileFull<Result>(run: () => Promise<Result>): Promise<Result> {
    await writeFile(full, "");
    try {
      return await run();
    } finally {
      await rm(full);
    }
  }

  /** Does not get smaller when it is compressed. */
  const noise = Array.from({ length: 60_000 }, () => Math.random().toString(36).slice(2)).join("\n");

  test("in the middle of a push refuses it with a reason; afterwards it is taken", async () => {
    const place = await scene();
    await writeFile(join(place.folder, "notes.txt"), noise);
    await git(place.folder, ["add", "-A"]);
    await git(place.folder, ["commit", "-qm", "Notes"]);
    const said = await whileFull(() => refused(place, "main"));
    expect(said).toMatch(/remote: .*File too large/);
    await git(place.folder, ["push", "-q", "origin", "main"]);
    expect((await repository.readFiles(place.id)).files["notes.txt"]).toBe(noise);
  });

  test("in the middle of a save refuses it with a reason and leaves nothing; afterwards it is saved", async () => {
    const { id, commit: base, path, refs } = await scene();
    const before = [await refs(), ...(await readdir(path)), ...(await readdir(join(path, "objects/pack")))];
    const files = { ...firstFiles, "notes.txt": noise };
    const change = { projectId: id, branch: "main", base, files, author: ann, message: "Notes" };
    const refusal = await whileFull(() => repository.commitFiles(change).catch((error: unknown) => error));
    expect(refusal).toSatisfy(isAppError("unavailable"));
    expect(String(refusal)).toContain("The disk of this installation is full, so nothing was changed.");
    const after = [await refs(), ...(await readdir(path)), ...(await readdir(join(path, "objects/pack")))];
    expect(after).toEqual(before);
    const { commit } = await repository.commitFiles(change);
    expect((await repository.readFiles(id)).commit).toBe(commit);
  });
});

test("a push that is killed in the middle leaves the repository as it was, and the same push is taken then", async () => {
  const place = await scene();
  await writeFile(
    join(place.folder, "notes.bin"),
    Buffer.from(Array.from({ length: 4_000_000 }, () => Math.random() * 256)),
  );
  await git(place.folder, ["add", "-A"]);
  await git(place.folder, ["commit", "-qm", "Notes"]);
  const before = await place.refs();
  const child = spawn("git", ["push", "-q", "origin", "main"], { cwd: place.folder, detached: true, stdio: "ignore" });
  const busy = async () => (await readdir(join(place.path, "objects"))).some((name) => name.startsWith("tmp_"));
  while (child.exitCode === null && !(await busy())) await new Promise(setImmediate);
  if (child.pid && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  const head = (await git(place.folder, ["rev-parse", "HEAD"])).trim();
  // Killed after its last byte, the push may have arrived.
  expect([before, before.replace(place.commit, head)]).toContain(await place.refs());
  await git(place.folder, ["push", "-q", "origin", "main"]);
  expect(await git(place.path, ["fsck", "--strict", "--no-dangling"])).toBe("");
  expect((await repository.branchHead(place.id))?.commit).toBe(head);
});
