import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { environmentSecrets } from "#db/schema/environmentSecrets.ts";
import { environments } from "#db/schema/environments.ts";
import type { Sources } from "#lib/model/sources.ts";
import { type AdminServer, startAdminServer } from "#server/deploy/testing/startAdminServer.ts";
import { type Stage, startStage, type TestProject } from "../deployments/testing/startStage.ts";

let stage: Stage<AdminServer>;

beforeAll(async () => {
  stage = await startStage(await startAdminServer());
});

afterAll(() => stage[Symbol.asyncDispose]());

afterEach(() => {
  stage.runtime.reason = null;
});

const files: Sources = {
  "gantry.config.ts": `import { app } from "gantry";\nexport default app({ name: "Notes" });\n`,
  "domain/note.ts": `import { resource, text } from "gantry";\nexport default resource("Note", { attributes: { title: text() } });\n`,
};

const withConnection: Sources = {
  ...files,
  "gantry.config.ts": `import { app, bearer, http } from "gantry";\nexport default app({ name: "Notes", connections: { shop: http({ url: "https://shop.example.com", authorization: bearer("SHOP_KEY") }) } });\n`,
};

function api(project: TestProject) {
  const scope = { organisation: stage.organisation, project: project.slug };
  const caller = stage.control.caller(stage.user);
  const { secrets, mail, egress } = caller.outbound;
  return { scope, caller, secrets, mail, egress };
}

const told = (project: TestProject) => stage.runtime.serving.get(project.environmentId);

describe("secrets", () => {
  test("reach the runtime without a deploy, are kept sealed and never come back", async () => {
    const project = await stage.project(files);
    const { scope, secrets } = api(project);
    await secrets.set({ ...scope, name: "EARLY", value: "before the first release" });
    await project.deploy();
    expect(told(project)?.secrets).toEqual({ EARLY: "before the first release" });
    await secrets.set({ ...scope, name: "SHOP_KEY", value: "k3y-value" });
    await secrets.set({ ...scope, name: "SHOP_KEY", value: "another-v4lue" });
    expect(told(project)?.secrets).toEqual({ EARLY: "before the first release", SHOP_KEY: "another-v4lue" });
    const listed = await secrets.list(scope);
    expect(listed.secrets.map(({ name }) => name)).toEqual(["EARLY", "SHOP_KEY"]);
    const rows = JSON.stringify(await stage.control.db.select().from(environmentSecrets));
    for (const text of [JSON.stringify(listed), rows]) expect(text).not.toMatch(/v4lue|first release/);
    await secrets.remove({ ...scope, name: "EARLY" });
    expect(told(project)?.secrets).toEqual({ SHOP_KEY: "another-v4lue" });
    await expect(secrets.remove({ ...scope, name: "EARLY" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("that the model names and nobody has set are told, also before a deploy", async () => {
    const project = await stage.project(withConnection);
    const { scope, caller, secrets } = api(project);
    const user = { name: "SHOP_KEY", users: ["the connection shop"] };
    expect(await secrets.list(scope)).toMatchObject({ secrets: [], missing: [user] });
    expect((await caller.deployments.preview(scope)).warnings).toEqual([
      "The secret SHOP_KEY is not set, which the connection shop needs. Set it in the settings.",
    ]);
    await secrets.set({ ...scope, name: "SHOP_KEY", value: "x" });
    await secrets.set({ ...scope, name: "SHOP_KEY_PREVIOUS", value: "y" });
    expect(await secrets.list(scope)).toMatchObject({
      secrets: [user, { name: "SHOP_KEY_PREVIOUS", users: user.users }],
      missing: [],
    });
    expect((await caller.deployments.preview(scope)).warnings).toEqual([]);
  });

  test("are not kept when the runtime cannot be told, and only under names and in sizes that are good", async () => {
    const project = await stage.project(files);
    await project.deploy();
    const { scope, secrets } = api(project);
    stage.runtime.reason = "Not now.";
    await expect(secrets.set({ ...scope, name: "A", value: "b" })).rejects.toMatchObject({
      code: "SERVICE_UNAVAILABLE",
    });
    expect((await secrets.list(scope)).secrets).toEqual([]);
    for (const [name, value] of [
      ["a", "b"],
      ["A-B", "b"],
      ["__proto__", "b"],
      ["A", ""],
      ["A", "x".repeat(20_000)],
    ] as const) {
      await expect(secrets.set({ ...scope, name, value })).rejects.toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
    }
  });
});

describe("mail", () => {
  const server = {
    host: "mail.example.com",
    port: 587,
    tls: false,
    user: "app@x",
    password: "p@ss:w/d",
    from: "Notes <n@example.com>",
  };

  test("is set without its password coming back, and the password stays with its server", async () => {
    const project = await stage.project(files);
    await project.deploy();
    const { scope, mail } = api(project);
    expect(await mail.get(scope)).toEqual({ source: null, server: null, from: null });
    await mail.set({ ...scope, ...server });
    expect(told(project)?.mail).toEqual({
      url: "smtp://app%40x:p%40ss%3Aw%2Fd@mail.example.com:587",
      from: "Notes <n@example.com>",
    });
    const { password: _, ...shown } = server;
    const { from, ...rest } = shown;
    expect(await mail.get(scope)).toEqual({ source: "own", server: { ...rest, hasPassword: true }, from });
    await mail.set({ ...scope, ...server, password: null, from: "m@example.com" });
    expect(told(project)?.mail?.url).toContain("p%40ss%3Aw%2Fd");
    await mail.set({ ...scope, ...server, password: null, host: "evil.example.com" });
    expect(told(project)?.mail?.url).toBe("smtp://app%40x@evil.example.com:587");
    const [row] = await stage.control.db.select().from(environments);
    expect(JSON.stringify(row)).not.toContain("evil");
    await mail.clear(scope);
    expect(told(project)?.mail).toBeUndefined();
  });

  test.each([
    { host: "a b" },
    { host: "x/y" },
    { host: "" },
    { port: 0 },
    { from: "nobody" },
    { from: "a@b.c\r\nBcc: d@e.f" },
  ])("cannot be set to %j", async (wrong) => {
    const project = await stage.project(files);
    const { scope, mail } = api(project);
    await expect(mail.set({ ...scope, ...server, ...wrong })).rejects.toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
  });
});

describe("private addresses", () => {
  test("are opened by owners, checked, and told to the runtime", async () => {
    const project = await stage.project(files);
    await project.deploy();
    const { scope, egress } = api(project);
    expect(await egress.get(scope)).toEqual({ allow: [], isOpen: true, mayChange: true });
    const allow = ["db.internal:8080", "10.1.0.0/16", "[::1]:80"];
    await egress.set({ ...scope, allow });
    expect(told(project)?.egress).toEqual({ allow });
    await expect(egress.set({ ...scope, allow: ["10.0.0.0/99"] })).rejects.toMatchObject({
      code: "UNPROCESSABLE_CONTENT",
    });
    expect((await egress.get(scope)).allow).toEqual(allow);
    await egress.set({ ...scope, allow: [] });
    expect(told(project)?.egress).toBeUndefined();
  });
});

test("nobody else sees or sets any of it", async () => {
  const project = await stage.project(files);
  const { scope } = api(project);
  const stranger = stage.control.caller((await stage.control.person(`Eve ${project.slug}`)).user).outbound;
  const nobody = stage.control.caller(null).outbound;
  for (const [operations, code] of [
    [stranger, "NOT_FOUND"],
    [nobody, "UNAUTHORIZED"],
  ] as const) {
    const calls = await Promise.allSettled([
      operations.secrets.list(scope),
      operations.secrets.set({ ...scope, name: "A", value: "b" }),
      operations.secrets.remove({ ...scope, name: "A" }),
      operations.mail.get(scope),
      operations.mail.clear(scope),
      operations.mail.test(scope),
      operations.egress.get(scope),
      operations.egress.set({ ...scope, allow: [] }),
    ]);
    expect(calls.map((call) => call.status === "rejected" && call.reason.code)).toEqual(Array(8).fill(code));
  }
});
