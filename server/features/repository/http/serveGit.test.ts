import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditEntries } from "#db/schema/auditEntries.ts";
import { projects } from "#db/schema/projects.ts";
import { rateLimits } from "#db/schema/rateLimits.ts";
import type { Scope } from "#lib/access/scopes.ts";
import { readModel } from "#lib/model/read/readModel.ts";
import { createToken, revokeToken } from "#server/features/tokens/service.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { takeHookFailure } from "../hooks/hookFailure.ts";
import * as repository from "../service.ts";
import { type FetchServer, fetchServer } from "../testing/fetchServer.ts";
import { ann, firstFiles, git } from "../testing/repositoryFixture.ts";
import { temporaryFolder } from "../testing/temporaryFolder.ts";
import { installPushHook } from "./pushHook.ts";
import { serveGit } from "./serveGit.ts";

let plane: TestControlPlane;
let server: FetchServer;
let work: AsyncDisposable & { readonly path: string };

beforeAll(async () => {
  plane = await testControlPlane();
  work = await temporaryFolder();
  server = await fetchServer((request) => serveGit(request, plane.db));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await work[Symbol.asyncDispose]();
  await plane[Symbol.asyncDispose]();
});

let count = 0;

/** Someone with an organisation, a project with a repository in it, and a token for it. */
async function scene() {
  count += 1;
  const { user, organisation } = await plane.person(`Person ${count}`);
  const { id: organisationId } = await organisationOf(organisation);
  const [project] = await plane.db
    .insert(projects)
    .values({ organisationId, slug: "shop", name: "Shop", origin: "blank", state: "ready", updatedAt: new Date(0) })
    .returning();
  if (!project) throw new Error("An inserted row was not returned.");
  const created = await repository.createRepository({
    projectId: project.id,
    files: firstFiles,
    author: ann,
    message: "Begin",
  });
  const token = await createToken(plane.db, user.id, { name: "laptop", expiresAt: null });
  const address = (secret: string) =>
    `${server.url.replace("//", `//x:${secret}@`)}/git/${organisation}/${project.slug}.git`;
  return { user, organisation, project, token, created, address, url: address(token.token) };
}

async function organisationOf(slug: string) {
  const found = await plane.db.query.organisations.findFirst({ where: (table, { eq: is }) => is(table.slug, slug) });
  if (!found) throw new Error("The organisation is not there.");
  return found;
}

async function clone(url: string, ...options: string[]): Promise<string> {
  const folder = join(work.path, randomBytes(6).toString("hex"));
  await git(work.path, ["clone", "-q", ...options, url, folder]);
  return folder;
}

async function commit(folder: string, files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(folder, path, ".."), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  await git(folder, ["add", "-A"]);
  await git(folder, ["commit", "-qm", "Edit"]);
  return (await git(folder, ["rev-parse", "HEAD"])).trim();
}

/** What git printed while it failed. */
async function failure(run: Promise<unknown>): Promise<string> {
  return await run.then(
    () => {
      throw new Error("It was expected to fail.");
    },
    (error: { stderr?: string; message: string }) => error.stderr ?? error.message,
  );
}

const withPhone = firstFiles["domain/customer.ts"].replace("name:", "phone: text(), name:");
const broken = `import { belongsTo, resource } from "gantry";

export default resource("Order", {
  relationships: {
    customer: belongsTo("Custommer"),
  },
});
`;

describe("a git client with a token", () => {
  test("clones what the builder saved", async () => {
    const { url, created } = await scene();
    const folder = await clone(url);
    expect(await git(folder, ["rev-parse", "HEAD"])).toBe(`${created.commit}\n`);
    expect(await readFile(join(folder, "domain/customer.ts"), "utf8")).toBe(firstFiles["domain/customer.ts"]);
    expect(await git(folder, ["symbolic-ref", "--short", "HEAD"])).toBe("main\n");
  });

  test("pushes an edit, which is then the head, and the project is marked as changed", async () => {
    const { url, project } = await scene();
    const folder = await clone(url);
    const edited = await commit(folder, { "domain/customer.ts": withPhone });
    await git(folder, ["push", "-q"]);
    expect(await repository.branchHead(project.id)).toMatchObject({ commit: edited, author: ann.name });
    expect((await repository.readFiles(project.id)).files["domain/customer.ts"]).toBe(withPhone);
    const [row] = await plane.db.select().from(projects).where(eq(projects.id, project.id));
    expect(row?.updatedAt.getTime()).toBeGreaterThan(0);
  });

  test("fetches what was saved in the builder in the meantime, by protocol versions 0, 1 and 2", async () => {
    const { url, project, created } = await scene();
    const folder = await clone(url);
    let base = created.commit;
    for (const version of ["0", "1", "2"]) {
      const files = { ...firstFiles, "README.md": `version ${version}` };
      ({ commit: base } = await repository.commitFiles({
        projectId: project.id,
        branch: "main",
        base,
        files,
        author: ann,
        message: "Save",
      }));
      await git(folder, ["-c", `protocol.version=${version}`, "pull", "-q"]);
      expect(await git(folder, ["rev-parse", "HEAD"])).toBe(`${base}\n`);
    }
    const trace = await git(folder, ["ls-remote", url], { GIT_TRACE_PACKET: "1" });
    expect(trace).toContain("version 2");
  });

  test("clones shallow, pushes from there, and deepens later", async () => {
    const { url, project, created } = await scene();
    let base = created.commit;
    for (const text of ["1", "2", "3"]) {
      const files = { ...firstFiles, "README.md": text };
      const change = { projectId: project.id, branch: "main", base, files, author: ann, message: text };
      ({ commit: base } = await repository.commitFiles(change));
    }
    const folder = await clone(url, "--depth=1");
    expect(await git(folder, ["rev-list", "--count", "HEAD"])).toBe("1\n");
    const edited = await commit(folder, { "domain/customer.ts": withPhone });
    await git(folder, ["push", "-q"]);
    expect((await repository.branchHead(project.id))?.commit).toBe(edited);
    await git(folder, ["fetch", "-q", "--unshallow"]);
    expect(await git(folder, ["rev-list", "--count", "HEAD"])).toBe("5\n");
  });

  test("clones without file contents and fetches them when needed", async () => {
    const { url } = await scene();
    const folder = await clone(url, "--filter=blob:none", "--no-checkout");
    await git(folder, ["checkout", "-q", "main"]);
    expect(await readFile(join(folder, "README.md"), "utf8")).toBe(firstFiles["README.md"]);
  });

  test("pushes branches and tags beside main, and deletes them", async () => {
    const { url, project } = await scene();
    const folder = await clone(url);
    await git(folder, ["switch", "-qc", "feature/phone"]);
    const edited = await commit(folder, { "domain/customer.ts": withPhone });
    await git(folder, ["tag", "v1"]);
    await git(folder, ["push", "-q", "origin", "feature/phone", "v1"]);
    expect((await repository.branchHead(project.id, "feature/phone"))?.commit).toBe(edited);
    await git(folder, ["push", "-q", "--delete", "origin", "feature/phone", "v1"]);
    expect(await repository.branchHead(project.id, "feature/phone")).toBeNull();
  });

  test("has a long history packed for it, and a request that large compressed is understood", async () => {
    const { url, project } = await scene();
    const folder = await clone(url);
    const stream = Array.from({ length: 1500 }, (_, index) =>
      [
        "commit refs/heads/main",
        `committer Ann <ann@example.com> ${1_700_000_000 + index} +0000`,
        "data 4",
        "Next",
        index === 0 ? "from refs/heads/main^0" : "",
        "M 644 inline notes.txt",
        `data ${String(index).length}`,
        String(index),
        "",
      ]
        .filter((line) => line !== "")
        .join("\n"),
    ).join("\n");
    await writeFile(join(folder, "stream"), `${stream}\n`);
    await git(folder, ["-c", "core.pager=cat", "-c", "alias.import=!git fast-import --quiet < stream", "import"]);
    await git(folder, ["push", "-q"]);
    expect(await repository.history(project.id, { limit: 2000 })).toHaveLength(1501);
    // A clone with many commits of its own names them all to the server: more than 1 KiB, which git sends as gzip.
    const other = await clone(url);
    await git(folder, ["-c", "user.name=x", "commit", "-qm", "one", "--allow-empty"]);
    await git(folder, ["push", "-q"]);
    for (let branch = 0; branch < 40; branch += 1) {
      await git(other, ["commit", "-q", "--allow-empty", "-m", `${branch}`]);
      await git(other, ["branch", `b${branch}`]);
    }
    const trace = await git(other, ["fetch", "origin"], { GIT_TRACE_CURL: "1", GIT_TRACE_CURL_NO_DATA: "1" });
    expect(trace.toLowerCase()).toContain("content-encoding: gzip");
    expect(await git(other, ["rev-parse", "origin/main"])).toBe(await git(folder, ["rev-parse", "main"]));
  });
});

describe("a push with errors", () => {
  test("is refused with every error's file, line, column and sentence, and changes nothing", async () => {
    const { url, project, created } = await scene();
    const folder = await clone(url);
    await commit(folder, { "domain/order.ts": broken });
    const said = await failure(git(folder, ["push"]));
    expect(said).toMatch(/^remote: domain\/order\.ts:5:25 error unknown_target: .*Custommer.*$/m);
    expect(said).toMatch(/^remote: main was not changed: one error\./m);
    expect(said).toContain("! [remote rejected] main -> main (pre-receive hook declined)");
    expect(await repository.branchHead(project.id)).toMatchObject({ commit: created.commit });
    const [row] = await plane.db.select().from(projects).where(eq(projects.id, project.id));
    expect(row?.updatedAt.getTime()).toBe(0);
    const objects = await readdir(join((await repository.openRepository(project.id)).path, "objects"));
    expect(objects.filter((name) => name.startsWith("tmp_"))).toEqual([]);
  });

  test("is told the same of the model as the builder's save", async () => {
    const { url, project, created, user, organisation } = await scene();
    const folder = await clone(url);
    const cycle = (name: string, target: string) =>
      `import { belongsTo, resource } from "gantry";\n\nexport default resource("${name}", {\n  relationships: { other: belongsTo("${target}", { required: true }) },\n});\n`;
    const edits = {
      "domain/egg.ts": cycle("Egg", "Hen"),
      "domain/hen.ts": cycle("Hen", "Egg"),
      "domain/customer.ts": firstFiles["domain/customer.ts"].replace("name:", "id: text(), name: text(), name:"),
      "domain/again.ts": firstFiles["domain/customer.ts"],
    };
    const { problems } = readModel({ ...firstFiles, ...edits });
    const codes = new Set(problems.map(({ code }) => code));
    expect([...codes]).toEqual(expect.arrayContaining(["required_cycle", "reserved_name", "duplicate_name"]));
    await commit(folder, edits);
    const said = await failure(git(folder, ["push"]));
    const save = { organisation, project: project.slug, base: created.commit, files: edits };
    const refusal = await plane
      .caller(user)
      .model.save(save)
      .catch((error: { cause?: { fields?: { field: string; rule: string; message: string }[] } }) => error);
    const fields = "cause" in refusal ? (refusal.cause?.fields ?? []) : [];
    expect(fields).toHaveLength(problems.filter(({ severity }) => severity === "error").length);
    for (const { field, rule, message } of fields) expect(said).toContain(`remote: ${field} error ${rule}: ${message}`);
    expect((await repository.branchHead(project.id))?.commit).toBe(created.commit);
  });

  test("is taken once the errors are mended", async () => {
    const { url, project } = await scene();
    const folder = await clone(url);
    await commit(folder, { "domain/order.ts": broken });
    await failure(git(folder, ["push"]));
    const mended = await commit(folder, { "domain/order.ts": broken.replace("Custommer", "Customer") });
    await git(folder, ["push", "-q"]);
    expect((await repository.branchHead(project.id))?.commit).toBe(mended);
  });

  test("is refused for an operation that the app's schema does not have, and taken once it fits", async () => {
    const { url, project } = await scene();
    const folder = await clone(url);
    const wrong = "query Names {\n  customers { nodes { nam } }\n}\n";
    await commit(folder, { "operations/names.graphql": wrong });
    const said = await failure(git(folder, ["push"]));
    expect(said).toMatch(/^remote: operations\/names\.graphql:2:23 error operation_invalid: .*"nam".*$/m);
    const mended = await commit(folder, { "operations/names.graphql": wrong.replace("nam }", "name }") });
    await git(folder, ["push", "-q"]);
    expect((await repository.branchHead(project.id))?.commit).toBe(mended);
  });

  test("is judged by the types of its functions too", async () => {
    const { url, project } = await scene();
    const folder = await clone(url);
    const twice = (body: string) => `import { fn, integer } from "gantry";

export default fn("twice", {
  parameters: { value: integer({ required: true }) },
  returns: integer(),
  examples: [{ given: { value: 2 }, returns: 4 }],
}, ({ value }) => ${body});
`;
    await commit(folder, { "functions/twice.ts": twice("value.length * 2") });
    expect(await failure(git(folder, ["push"]))).toMatch(
      /^remote: functions\/twice\.ts:7:\d+ error function_types: .*length/m,
    );
    const mended = await commit(folder, { "functions/twice.ts": twice("value * 2") });
    await git(folder, ["push", "-q"]);
    expect((await repository.branchHead(project.id))?.commit).toBe(mended);
  });

  test("is refused on any branch", async () => {
    const { url, project } = await scene();
    const folder = await clone(url);
    await git(folder, ["switch", "-qc", "draft"]);
    await commit(folder, { "domain/order.ts": "not a resource" });
    expect(await failure(git(folder, ["push", "origin", "draft"]))).toMatch(/remote: domain\/order\.ts:1:\d+ error /);
    expect(await repository.branchHead(project.id, "draft")).toBeNull();
  });

  test("with warnings only is taken, and says them", async () => {
    const { url, project } = await scene();
    const folder = await clone(url);
    const edited = await commit(folder, { "domain/buyer.ts": firstFiles["domain/customer.ts"] });
    await git(folder, ["rm", "-q", "domain/customer.ts"]);
    const moved = await commit(folder, {});
    expect(moved).not.toBe(edited);
    expect(await git(folder, ["push"])).toMatch(/remote: domain\/buyer\.ts:3:\d+ warning file_name: /);
    expect((await repository.branchHead(project.id))?.commit).toBe(moved);
  });
});

describe("a push that the server cannot take", () => {
  test("rewrites main", async () => {
    const { url, project, created } = await scene();
    const folder = await clone(url);
    await git(folder, ["commit", "-q", "--amend", "-m", "Another beginning"]);
    expect(await failure(git(folder, ["push", "--force"]))).toContain("remote: main only moves forward");
    expect((await repository.branchHead(project.id))?.commit).toBe(created.commit);
  });

  test("deletes main", async () => {
    const { url, project, created } = await scene();
    const folder = await clone(url);
    expect(await failure(git(folder, ["push", "origin", ":main"]))).toMatch(/main.*deleted|deny/);
    expect((await repository.branchHead(project.id))?.commit).toBe(created.commit);
  });

  test("writes outside branches and tags", async () => {
    const { url } = await scene();
    const folder = await clone(url);
    expect(await failure(git(folder, ["push", "origin", "main:refs/gantry/x"]))).toContain("branches and tags only");
  });

  test("has a link for a file of the app", async () => {
    const { url } = await scene();
    const folder = await clone(url);
    await symlink("/etc/passwd", join(folder, "domain/order.ts"));
    await commit(folder, {});
    expect(await failure(git(folder, ["push"]))).toContain("remote: domain/order.ts:1:1 error symlink: ");
  });

  test("has a link for the folder of the app", async () => {
    const { url } = await scene();
    const folder = await clone(url);
    await rm(join(folder, "domain"), { recursive: true });
    await symlink("/etc", join(folder, "domain"));
    await commit(folder, {});
    expect(await failure(git(folder, ["push"]))).toContain("remote: domain:1:1 error symlink: ");
  });

  test("has a submodule among the app's files", async () => {
    const { url, created } = await scene();
    const folder = await clone(url);
    await git(folder, ["update-index", "--add", "--cacheinfo", `160000,${created.commit},domain/more`]);
    await git(folder, ["commit", "-qm", "Add a submodule"]);
    expect(await failure(git(folder, ["push"]))).toContain("remote: domain/more:1:1 error submodule: ");
  });

  test("has a file of the app that is not UTF-8", async () => {
    const { url } = await scene();
    const folder = await clone(url);
    await commit(folder, { "domain/order.ts": Buffer.from([0x2f, 0x2f, 0xff, 0xfe]) });
    expect(await failure(git(folder, ["push"]))).toContain("remote: domain/order.ts:1:1 error encoding: ");
  });

  test("has a huge file of the app", async () => {
    const { url } = await scene();
    const folder = await clone(url);
    await commit(folder, { "domain/order.ts": Buffer.alloc(3 * 1024 * 1024, "/") });
    expect(await failure(git(folder, ["push"]))).toContain("remote: domain/order.ts:1:1 error too_large: ");
  });

  test("has too many files", async () => {
    const { url } = await scene();
    const folder = await clone(url);
    const notes = Object.fromEntries(Array.from({ length: 5001 }, (_, index) => [`notes/${index}`, ""]));
    await commit(folder, notes);
    expect(await failure(git(folder, ["push"]))).toContain("remote: main: The repository holds more than 5000 files");
  });

  test("has a name that would steer the terminal of whoever reads the answer", async () => {
    const { url } = await scene();
    const folder = await clone(url);
    await commit(folder, { "domain/\u001b[31mred.ts": "x" });
    const said = await failure(git(folder, ["push"]));
    expect(said).toContain("remote: domain/\ufffd[31mred.ts:1:1 error");
    expect(said).not.toContain("\u001b[31m");
  });

  test("has broken objects", async () => {
    const { url, project, created } = await scene();
    const folder = await clone(url);
    await writeFile(join(folder, "bad"), "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor x\n\nno committer\n");
    const object = await git(folder, ["hash-object", "-t", "commit", "-w", "--literally", "bad"]);
    const said = await failure(git(folder, ["push", "origin", `${object.trim()}:refs/heads/bad`]));
    expect(said).toMatch(/fsck error|invalid author/i);
    expect((await repository.branchHead(project.id))?.commit).toBe(created.commit);
  });
});

describe("the hook", () => {
  test("is written anew when it cannot be executed, because Git would go on without it", async () => {
    const { url, project, created } = await scene();
    const folder = await clone(url);
    const { folder: hooks } = await installPushHook(process.env.GANTRY_DATA ?? "");
    await chmod(join(hooks, "pre-receive"), 0o644);
    await commit(folder, { "gantry.config.ts": "broken" });
    expect(await failure(git(folder, ["push"]))).toContain("pre-receive hook declined");
    expect((await repository.branchHead(project.id))?.commit).toBe(created.commit);
  });

  test("that fails refuses the push without telling why, and leaves the reason to the server", async () => {
    const { path } = await temporaryFolder();
    const program = join(import.meta.dirname, "../hooks/preReceive.ts");
    const hook = spawn(process.execPath, [program, path, "", "", process.env.PATH ?? ""]);
    hook.stdin.end(`${"0".repeat(40)} ${"1".repeat(40)} refs/heads/main\n`);
    const said = text(hook.stderr);
    expect(await once(hook, "close")).toEqual([1, null]);
    expect(await said).toBe("Gantry could not check this push, so nothing was changed. Try again in a moment.\n");
    expect(await takeHookFailure(path)).toContain("GitError");
    expect(await takeHookFailure(path)).toBeNull();
    await rm(path, { recursive: true });
  });
});

describe("two people", () => {
  test("who push at the same time: one wins, the other is told to fetch, and nothing is lost", async () => {
    const { url, project } = await scene();
    const folders = await Promise.all([clone(url), clone(url), clone(url)]);
    const edits = await Promise.all(folders.map((folder, index) => commit(folder, { "README.md": `edit ${index}` })));
    const outcomes = await Promise.allSettled(folders.map((folder) => git(folder, ["push"])));
    const winners = outcomes.flatMap(({ status }, index) => (status === "fulfilled" ? [index] : []));
    expect(winners).toHaveLength(1);
    expect((await repository.branchHead(project.id))?.commit).toBe(edits[winners[0] ?? -1]);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason.stderr).toMatch(/rejected|failed to update ref/);
    }
    const { path } = await repository.openRepository(project.id);
    await git(path, ["fsck", "--strict", "--no-dangling"]);
  });

  test("one pushing, one saving in the builder: the later of them is told", async () => {
    const { url, project, created } = await scene();
    const folder = await clone(url);
    const pushed = await commit(folder, { "README.md": "pushed" });
    const files = { ...firstFiles, "README.md": "saved" };
    const save = { projectId: project.id, branch: "main", base: created.commit, files, author: ann, message: "Save" };
    const [push, saved] = await Promise.allSettled([git(folder, ["push"]), repository.commitFiles(save)]);
    const head = (await repository.branchHead(project.id))?.commit;
    expect([push.status, saved.status].toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(head).toBe(push.status === "fulfilled" ? pushed : saved.status === "fulfilled" && saved.value.commit);
  });
});

describe("whoever may not", () => {
  const refs = (address: string) => `${address}/info/refs?service=git-upload-pack`;
  const ask = (address: string, password?: string) =>
    fetch(refs(address.replace(/\/\/.*@/, "//")), {
      headers: password === undefined ? {} : { authorization: `Basic ${btoa(`x:${password}`)}` },
    });

  test("gives no token, a wrong one, a revoked one or someone else's gets the same answer as for no project", async () => {
    const { url, user, token } = await scene();
    const { token: revoked } = await createToken(plane.db, user.id, { name: "old", expiresAt: null }).then(
      async (made) => {
        await revokeToken(plane.db, user.id, made.id);
        return made;
      },
    );
    const { token: expired } = await createToken(plane.db, user.id, { name: "past", expiresAt: new Date(1) });
    const stranger = await scene();
    const missing = url.replace("shop.git", "other.git");
    const answers = await Promise.all([
      ask(url),
      ask(url, ""),
      ask(url, "wrong"),
      ask(url, revoked),
      ask(url, expired),
      ask(url, stranger.token.token),
      ask(missing, token.token),
      ask(missing, "wrong"),
    ]);
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(new Set(bodies).size).toBe(1);
    for (const { headers } of answers) expect(headers.get("www-authenticate")).toMatch(/^Basic realm=/);
    expect((await ask(url, token.token)).status).toBe(200);
  });

  test("has a token that was given reading only clones, and is told why it cannot push; what is pushed is recorded", async () => {
    const { url, user, address, project, created } = await scene();
    const make = async (scopes: readonly Scope[]) =>
      address((await createToken(plane.db, user.id, { name: scopes.join(), expiresAt: null, scopes })).token);
    const folder = await clone(await make(["read"]));
    const pushed = await commit(folder, { "README.md": "pushed" });
    expect(await failure(git(folder, ["push"]))).toContain("403");
    const refused = await fetch(`${url.replace(/\/\/.*@/, "//")}/info/refs?service=git-receive-pack`, {
      headers: { authorization: `Basic ${btoa((await make(["read"])).replace(/^.*\/\/(.*)@.*$/, "$1"))}` },
    });
    expect(await refused.text()).toContain("This token was not given “model”.");
    expect(await failure(clone(await make(["model", "deploy"])))).toContain("403");
    const told = () => plane.db.select().from(auditEntries).where(eq(auditEntries.projectId, project.id));
    expect(await told()).toEqual([]);
    await git(folder, ["push", await make(["read", "model"])]);
    expect(await told()).toMatchObject([
      {
        action: "git.push",
        actor: { kind: "token", id: user.id, tokenName: "read,model" },
        before: { "refs/heads/main": created.commit },
        after: { "refs/heads/main": pushed },
      },
    ]);
  });

  test("keeps trying is slowed down, while a good token still works", async () => {
    await plane.db.delete(rateLimits);
    const { url, token } = await scene();
    const statuses: number[] = [];
    let last: Response | undefined;
    for (let attempt = 0; attempt < 31; attempt += 1) {
      last = await ask(url, `wrong ${attempt}`);
      statuses.push(last.status);
    }
    expect(statuses.slice(0, 30)).toEqual(Array(30).fill(401));
    expect(last?.status).toBe(429);
    expect(Number(last?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await ask(url, token.token)).status).toBe(200);
    await plane.db.delete(rateLimits);
  });

  test("cannot push by asking for the pages of the old protocol or another path", async () => {
    const { url, token } = await scene();
    const base = url.replace(/\/\/.*@/, "//");
    const headers = { authorization: `Basic ${btoa(`x:${token.token}`)}` };
    for (const path of [
      "/HEAD",
      "/info/refs",
      "/info/refs?service=git-upload-archive",
      "/objects/info/packs",
      "/config",
      "/../../../../etc/passwd",
      "/%2e%2e/x",
      "/git-upload-archive",
      "/git-upload-pack",
      "",
    ]) {
      expect((await fetch(`${base}${path}`, { headers })).status, path).toBe(404);
    }
    for (const path of ["/info/refs?service=git-upload-pack", "/git-upload-archive"]) {
      expect((await fetch(`${base}${path}`, { method: "POST", headers })).status, path).toBe(404);
    }
    expect((await fetch(base.replace("shop.git", "sho%70%2e.git"), { headers })).status).toBe(404);
  });
});

describe("requests by hand", () => {
  async function post(
    service: string,
    body: Uint8Array<ArrayBuffer> | ReadableStream,
    more: Record<string, string> = {},
  ) {
    const { url, token, project } = await scene();
    const response = await fetch(`${url.replace(/\/\/.*@/, "//")}/${service}`, {
      method: "POST",
      headers: {
        authorization: `Basic ${btoa(`x:${token.token}`)}`,
        "content-type": `application/x-${service}-request`,
        ...more,
      },
      body,
      ...(body instanceof ReadableStream && { duplex: "half" }),
    } as RequestInit);
    return { response, project };
  }

  const capabilities = Buffer.from("0014command=ls-refs\n0000");

  test("may be compressed", async () => {
    const { response } = await post("git-upload-pack", new Uint8Array(gzipSync(capabilities)), {
      "content-encoding": "gzip",
      "git-protocol": "version=2",
    });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("refs/heads/main");
  });

  test.each([
    ["garbage in place of gzip", { "content-encoding": "gzip" }, 400],
    ["an unknown compression", { "content-encoding": "br" }, 415],
    ["another content type", { "content-type": "text/plain" }, 415],
  ])("with %s are refused", async (_, headers, status) => {
    const { response } = await post("git-upload-pack", new Uint8Array(capabilities), headers);
    expect(response.status).toBe(status);
    await response.body?.cancel();
  });

  test("that inflate beyond the limit are refused", async () => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(32 * 1024 * 1024)));
    const { response } = await post("git-upload-pack", bomb, { "content-encoding": "gzip" });
    expect(response.status).toBe(413);
    expect(await response.text()).toBe("Send at most 8 MB.\n");
  });

  test("that are no pack are refused by Git and change nothing", async () => {
    const { response, project } = await post("git-receive-pack", new Uint8Array(32 * 1024 * 1024));
    expect(response.status).toBe(200);
    await response.body?.cancel();
    expect(await repository.history(project.id)).toHaveLength(1);
  });

  test("that claim to be too large are refused at once", async () => {
    const { response } = await post("git-receive-pack", new Uint8Array(Buffer.alloc(109 * 1024 * 1024)));
    expect(response.status).toBe(413);
  });
});

describe("large pushes", () => {
  test("of tens of megabytes stream through", async () => {
    const { url, project } = await scene();
    const folder = await clone(url);
    const large = randomBytes(30 * 1024 * 1024);
    const edited = await commit(folder, { "assets/large.bin": large });
    await git(folder, ["push", "-q"]);
    expect((await repository.branchHead(project.id))?.commit).toBe(edited);
    const other = await clone(url);
    expect((await readFile(join(other, "assets/large.bin"))).equals(large)).toBe(true);
    expect((await repository.readFiles(project.id)).files).toEqual(firstFiles);
  });

  test("beyond the limit are refused with a reason, and leave nothing", async () => {
    const { url, project, created } = await scene();
    const folder = await clone(url);
    await commit(folder, { "assets/huge.bin": randomBytes(103 * 1024 * 1024) });
    expect(await failure(git(folder, ["push"]))).toMatch(/pack exceeds maximum allowed size/);
    const { path } = await repository.openRepository(project.id);
    expect((await repository.branchHead(project.id))?.commit).toBe(created.commit);
    expect(await readdir(join(path, "objects/pack"))).toEqual([]);
  });
});
