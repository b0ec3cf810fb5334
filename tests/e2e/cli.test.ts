import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { signUp } from "./support/account.ts";
import { CliShell } from "./support/CliShell.ts";

const run = promisify(execFile);
let folder: string;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gantry-cli-"));
});
test.afterAll(() => rm(folder, { recursive: true, force: true }));

// For whoever lives in a terminal: everything from signing in to a deployed app, with the program as it is installed.
test("the command line program is installed from the installation, signs in, and ships an app", async ({
  page,
  baseURL,
}) => {
  const url = baseURL ?? "";
  const { organisation, email } = await signUp(page, "Tess Terminal");
  const packed = join(folder, "gantry.tgz");
  await writeFile(packed, await (await page.request.get("/cli/gantry.tgz")).body());
  await mkdir(join(folder, "tools"));
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", "--prefix", join(folder, "tools"), packed]);
  const shell = new CliShell(join(folder, "tools/node_modules/gantry/gantry.mjs"), folder);

  await test.step("nobody is signed in yet", async () => {
    const refused = await shell.run(["whoami", "--json"]);
    expect(refused.code).toBe(3);
    expect(JSON.parse(refused.stdout).error.code).toBe("unauthenticated");
  });

  await test.step("signing in by the browser", async () => {
    const login = shell.start(["login", "--url", url, "--no-browser"]);
    const address = await login.says(/http\S+\/device\?code=\S+/);
    await page.goto(address);
    await expect(page.getByText(new URL(address).searchParams.get("code") ?? "")).toBeVisible();
    // For taking the app away, at the end.
    await page.getByRole("checkbox", { name: /^administer/ }).check();
    await page.getByRole("button", { name: "Let it in" }).click();
    await expect(page.getByText("The program is let in")).toBeVisible();
    const { code, stdout } = await login.ended;
    expect([code, stdout]).toEqual([0, `Signed in to ${url} as Tess Terminal (${email}).\n`]);
    await page.goto("/account/tokens");
    await expect(page.getByRole("row", { name: /gantry on/ })).toBeVisible();
  });

  const app = join(folder, "field-notes");
  await test.step("a project is made and cloned", async () => {
    const made = await shell.json(["init", "Field notes", "--folder", app]);
    expect(made).toMatchObject({ organisation, project: "field-notes", folder: app });
    expect(await readFile(join(app, "gantry.config.ts"), "utf8")).toContain("Field notes");
  });

  await test.step("what is wrong is found before it is pushed, with its place", async () => {
    await mkdir(join(app, "domain"), { recursive: true });
    const wrong = `import { belongsTo, resource, text } from "gantry";
export default resource("Note", { attributes: { title: text() }, relationships: { place: belongsTo("Palce") } });
`;
    await writeFile(join(app, "domain/note.ts"), wrong);
    const refused = await shell.run(["push"], app);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/domain\/note\.ts:2:\d+ {2}error {4}/);
    const right = `import { resource, text } from "gantry";

export default resource("Note", { attributes: { title: text({ required: true }) } });
`;
    await writeFile(join(app, "domain/note.ts"), right);
    expect((await shell.json(["diff"], app)).changes).toEqual([expect.stringContaining("Note")]);
    expect(await shell.json(["push"], app)).toMatchObject({ branch: "main", committed: true });
  });

  await test.step("the plan is told, and the deploy is followed step by step", async () => {
    const plan = await shell.json(["plan"], app);
    expect(plan.steps.length).toBeGreaterThan(0);
    const deployed = await shell.run(["deploy"], app);
    expect(deployed).toMatchObject({ code: 0, stdout: expect.stringContaining("Release 1 is live at http") });
    expect(deployed.stderr).toContain("✓ verify");
    expect(await shell.json(["releases"], app)).toMatchObject([{ release: 1, state: "live" }]);
    const { url: address } = await shell.json(["open", "app", "--print"], app);
    expect((await fetch(`${address}/rest/v1/notes`)).status).toBe(401);
  });

  await test.step("what two people changed is merged by what it means", async () => {
    const other = join(folder, "elsewhere");
    await shell.json(["clone", `${organisation}/field-notes`, other]);
    const add = async (where: string, attribute: string) => {
      const file = join(where, "domain/note.ts");
      const text = await readFile(file, "utf8");
      await writeFile(file, text.replace("required: true })", `required: true }), ${attribute}: text()`));
    };
    await add(other, "author");
    await shell.json(["push"], other);
    await add(app, "summary");
    const late = await shell.run(["push"], app);
    expect(late.code).toBe(1);
    expect(await shell.json(["pull"], app)).toMatchObject({ state: "merged" });
    const merged = await readFile(join(app, "domain/note.ts"), "utf8");
    expect(merged).toContain("author: text()");
    expect(merged).toContain("summary: text()");
    await shell.json(["push"], app);
    expect(await shell.json(["pull"], other)).toMatchObject({ state: "forwarded" });
  });

  await test.step("a later release goes live, the first one comes back, and the app is taken along", async () => {
    const deployed = await shell.json(["deploy"], app);
    expect(deployed).toMatchObject({ environment: "production", state: "live" });
    expect(deployed.release).toBeGreaterThan(1);
    expect((await shell.run(["rollback", "1"], app)).code).toBe(2);
    expect(await shell.json(["rollback", "1", "--yes", "--reason", "Tried it"], app)).toMatchObject({ release: 1 });
    expect(await shell.json(["environments"], app)).toMatchObject([{ name: "production", live: { release: 1 } }]);
    expect((await shell.run(["promote"], app)).stderr).toContain("No release of production is being tried");
    expect(await shell.json(["test"], app)).toMatchObject({ branch: "main", results: [] });
    expect((await shell.run(["logs", "--since", "1d", "--json"], app)).code).toBe(0);
    await shell.json(["eject", "--out", join(folder, "taken.tar.gz")], app);
    const { stdout } = await run("tar", ["-tzf", join(folder, "taken.tar.gz")], { maxBuffer: 16 << 20 });
    expect(stdout).toContain("field-notes/domain/note.ts");
    expect(stdout).toContain("field-notes/engine/runtime/host/startRuntime.ts");
  });

  await test.step("a token that was revoked opens nothing", async () => {
    await page
      .getByRole("row", { name: /gantry on/ })
      .getByRole("button", { name: "Revoke" })
      .click();
    await page.getByRole("button", { name: "Revoke token" }).click();
    await expect(page.getByRole("row", { name: /gantry on/ })).toHaveCount(0);
    expect((await shell.run(["releases"], app)).code).toBe(3);
    expect((await shell.run(["logout"])).code).toBe(0);
  });
});
