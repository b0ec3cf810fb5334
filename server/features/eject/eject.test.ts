import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { organisations } from "#db/schema/organisations.ts";
import { projects } from "#db/schema/projects.ts";
import { env } from "#server/env.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { isAppError } from "#tests/support/isAppError.ts";
import { templateSources } from "#tests/support/servedTemplate.ts";
import { serveGit } from "../repository/http/serveGit.ts";
import { branchHead, commitFiles, createRepository, judgeRemote } from "../repository/service.ts";
import { type FetchServer, fetchServer } from "../repository/testing/fetchServer.ts";
import { createToken } from "../tokens/service.ts";
import { handleEject } from "./handler.ts";

const run = promisify(execFile);
let plane: TestControlPlane;
let folder: string;
let server: FetchServer;
let ada: Awaited<ReturnType<TestControlPlane["person"]>>;
let token: string;

beforeAll(async () => {
  plane = await testControlPlane();
  folder = await mkdtemp(join(tmpdir(), "gantry-eject-"));
  server = await fetchServer((request) => serveGit(request, plane.db));
  ada = await plane.person("Ada");
  ({ token } = await createToken(plane.db, ada.user.id, { name: "laptop", expiresAt: null }));
  await project("crm");
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await plane[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** A project with two commits. */
async function project(slug: string): Promise<string> {
  const [{ id: organisationId } = { id: "" }] = await plane.db
    .select()
    .from(organisations)
    .where(eq(organisations.slug, ada.organisation));
  const values = { organisationId, slug, name: slug, origin: "template", state: "ready" } as const;
  const [{ id } = { id: "" }] = await plane.db.insert(projects).values(values).returning();
  const files = await templateSources("hr");
  const author = { name: "Ada", email: "ada@example.com" };
  const { commit } = await createRepository({ projectId: id, files, author, message: "Begin" });
  const next = { ...files, "notes.md": "Kept\n" };
  await commitFiles({ projectId: id, branch: "main", base: commit, files: next, author, message: "Write notes" });
  return id;
}

const eject = (path: string, as = token) =>
  handleEject(new Request(`http://localhost/api/eject/${path}`, { headers: { authorization: `Bearer ${as}` } }));

test("an owner gets the whole history with one commit more, and files to work on", async () => {
  // As a program leaves it that was killed in the middle.
  const abandoned = join(env().GANTRY_DATA, "exports", "abandoned");
  await mkdir(abandoned, { recursive: true });
  await utimes(abandoned, 0, 0);
  const response = await eject(`${ada.organisation}/crm`);
  expect(response.status).toBe(200);
  await writeFile(join(folder, "crm.tar.gz"), Buffer.from(await response.arrayBuffer()));
  await run("tar", ["-xzf", "crm.tar.gz"], { cwd: folder });
  const git = async (...parameters: string[]) => (await run("git", parameters, { cwd: join(folder, "crm") })).stdout;
  const safe = ["-c", `safe.directory=${join(folder, "crm")}`];
  expect((await git(...safe, "log", "--format=%s")).trim().split("\n")).toEqual([
    "Make the app a program of its own",
    "Write notes",
    "Begin",
  ]);
  expect(await git(...safe, "status", "--porcelain")).toBe("");
  await git(...safe, "fsck", "--strict");
  const found = await readdir(join(folder, "crm"));
  expect(found).toEqual(expect.arrayContaining(["domain", "routes", "engine", "src", "Dockerfile", "notes.md"]));
  // Nothing of it stays here.
  expect(await readdir(join(env().GANTRY_DATA, "exports"))).toEqual([]);
});

test("it is pushed to a Git server, and what is wrong with that is said", async () => {
  const target = await project("elsewhere");
  const push = plane.caller(ada.user).eject.push;
  const scope = { organisation: ada.organisation, project: "crm" };
  const url = `${server.url}/git/${ada.organisation}/elsewhere.git`;
  const { commit } = await push({ ...scope, url, into: "ejected", password: token });
  expect(await branchHead(target, "ejected")).toMatchObject({
    commit,
    message: expect.stringContaining("Make the app a program of its own"),
  });
  const sentence = async (input: object) =>
    await push({ ...scope, url, into: "ejected", password: token, ...input }).then(
      () => "pushed",
      (error: Error) => error.message,
    );
  expect(await sentence({ password: "wrong" })).toContain("did not take the user and token");
  expect(await sentence({ into: "main" })).toContain("commits of its own");
  expect(await sentence({ url: "file:///etc" })).toContain("Give an address such as");
  expect(await sentence({ url: "https://user:secret@example.com/a.git" })).toContain("without a user");
  expect(await sentence({ url: "http://127.0.0.1:9/a.git" })).toContain("did not take the push");
  expect(await readdir(join(env().GANTRY_DATA, "exports"))).toEqual([]);
}, 90_000);

test("nobody else gets it, and no app with errors", async () => {
  const eve = await plane.person("Eve");
  const { token: hers } = await createToken(plane.db, eve.user.id, { name: "laptop", expiresAt: null });
  expect((await eject(`${ada.organisation}/crm`, hers)).status).toBe(404);
  expect((await eject(`${ada.organisation}/crm`, "gt_no")).status).toBe(401);
  expect((await eject(`${ada.organisation}/nothing`)).status).toBe(404);
  expect((await eject(`${ada.organisation}/crm?branch=nothing`)).status).toBe(404);
  expect((await eject("%E0%A4%A/crm")).status).toBe(404);
  const broken = await project("broken");
  const base = (await branchHead(broken))?.commit ?? "";
  const files = { ...(await templateSources("hr")), "domain/employee.ts": "nonsense" };
  const author = { name: "Ada", email: "ada@example.com" };
  await commitFiles({ projectId: broken, branch: "main", base, files, author, message: "Break" });
  const refused = await eject(`${ada.organisation}/broken`);
  expect([refused.status, ((await refused.json()) as { detail: string }).detail]).toEqual([
    422,
    expect.stringContaining("domain/employee.ts:1"),
  ]);
});

test("private addresses are not pushed to on an installation for strangers", async () => {
  const remote = { branch: "main", user: "git", password: "x" };
  for (const host of ["127.0.0.1", "localhost", "[::1]", "169.254.169.254"]) {
    const judged = judgeRemote({ ...remote, url: `https://${host}/a.git` }, { allowPrivate: false });
    await expect(judged).rejects.toSatisfy(isAppError("invalid_input"));
  }
});
