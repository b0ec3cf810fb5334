import { afterAll, beforeAll, expect, test } from "vitest";
import { attribute, resource } from "#lib/compile/testing/modelParts.ts";
import type { Model } from "#lib/model/types.ts";
import { type AuthApp, authApp, goodPassword } from "./testing/authApp.ts";

// Users whose keys are numbers, whose address is told nowhere, and who cannot be created by the API; and none at all.

const numbered: Model = {
  app: { name: "Numbers", users: "Member", auth: { password: {} } },
  resources: [
    resource("Member", {
      plural: "members",
      key: attribute("id", { type: { kind: "bigint" }, required: true, unique: true, default: { kind: "generated" } }),
      attributes: [
        attribute("nickname", { type: { kind: "text" } }),
        attribute("limit", { type: { kind: "decimal", precision: 12, scale: 2 }, column: "max_limit" }),
        attribute("born", { type: { kind: "date" } }),
        attribute("tags", { type: { kind: "list", of: { kind: "text" } } }),
      ],
      actions: ["read", "update"],
      policies: [
        {
          effect: "allow",
          actions: ["read"],
          expression: "id == actor.id && actor.limit >= 10.5 && 'a' in actor.tags",
        },
      ],
    }),
  ],
};
const nobody: Model = {
  app: { name: "Nobody", auth: { password: {} }, roles: [{ name: "reader" }] },
  resources: [
    resource("Page", {
      plural: "pages",
      attributes: [attribute("author", { type: { kind: "text" } })],
      policies: [
        { effect: "allow", actions: ["create"], expression: "'reader' in actor.roles" },
        { effect: "allow", actions: ["read"], expression: "author == actor.id" },
      ],
    }),
  ],
};

let apps: readonly AuthApp[];
beforeAll(async () => {
  apps = await Promise.all([authApp(numbered), authApp(nobody)]);
});
afterAll(() => Promise.all(apps.map((app) => app[Symbol.asyncDispose]())));

const made = async (app: AuthApp | undefined, parts: object = {}) => {
  if (!app) throw new Error("There is no such app.");
  const account = await app.auth(
    "accounts",
    { email: "ada@example.com", password: goodPassword, ...parts },
    app.app.key,
  );
  expect(account.status).toBe(201);
  const { body } = await app.auth("sign-in", { email: "ada@example.com", password: goodPassword });
  return { app, account: account.body, token: body.accessToken };
};

test("keys may be numbers, attributes of any type, and the resource closed to creates", async () => {
  const profile = { nickname: "Ada", limit: "99.90", born: "1815-12-10", tags: ["a", "b"] };
  const { app, account, token } = await made(apps[0], { profile });
  expect(account.userId).toBe("1");
  const { body } = await app.send("GET", "/rest/v1/members", { token });
  expect(body.data).toMatchObject([{ id: "1", ...profile }]);
  expect((await app.send("GET", "/auth/me", { token })).body).toMatchObject({ userId: "1", email: "ada@example.com" });
});

test("an app without a resource of users has accounts alone", async () => {
  const { app, account, token } = await made(apps[1], { roles: ["reader"] });
  expect(account.userId).toBeNull();
  const page = await app.send("POST", "/rest/v1/pages", { token, body: { author: account.id } });
  expect(page.status).toBe(201);
  expect((await app.send("GET", "/rest/v1/pages", { token })).body.data).toMatchObject([{ author: account.id }]);
});

test("a database that was not deployed since says when people can sign in", async () => {
  await using app = await authApp(nobody);
  await app.app.sql`alter table gantry_accounts rename to gantry_later`;
  const reply = await app.auth("sign-in", { email: "ada@example.com", password: goodPassword });
  expect([reply.status, reply.body.detail]).toEqual([503, expect.stringContaining("next deploy")]);
});
