import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projects } from "#db/schema/projects.ts";
import { tokens } from "#db/schema/tokens.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import { findOrganisation } from "../organisations/service.ts";
import { authorizeGit, createToken, listTokens, verifyToken } from "./service.ts";

let plane: TestControlPlane;
let ada: Awaited<ReturnType<TestControlPlane["person"]>>;
let eve: typeof ada;
beforeAll(async () => {
  plane = await testControlPlane();
  ada = await plane.person("Ada");
  eve = await plane.person("Eve");
});
afterAll(() => plane[Symbol.asyncDispose]());

const never = { name: "Laptop", expiresAt: null };

test("a token is told once, verifies, and is not in the database", async () => {
  const made = await plane.caller(ada.user).tokens.create({ name: " Laptop " });
  expect(made).toMatchObject({ name: "Laptop", expiresAt: null, lastUsedAt: null });
  expect(made.token).toMatch(/^gtp_[A-Za-z0-9]{46}$/);
  expect((await verifyToken(plane.db, made.token))?.user).toEqual(ada.user);
  const listed = await plane.caller(ada.user).tokens.list();
  expect(listed).toMatchObject([{ id: made.id, prefix: made.token.slice(0, 10) }]);
  const rows = await plane.db.execute(sql`select tokens::text as row from tokens`);
  expect(JSON.stringify([listed, rows])).not.toContain(made.token.slice(10));
});

test("unknown, altered, revoked and expired tokens verify to nobody", async () => {
  const { token, id } = await createToken(plane.db, ada.user.id, never);
  const other = token.endsWith("A") ? "B" : "A";
  for (const wrong of [
    "",
    "gt_",
    `${token} `,
    token.slice(0, -1) + other,
    token.toUpperCase(),
    `gt_${"x".repeat(43)}`,
  ]) {
    expect(await verifyToken(plane.db, wrong)).toBeNull();
  }
  await plane.db.update(tokens).set({ expiresAt: sql`now() - interval '1 second'` }).where(eq(tokens.id, id));
  expect(await verifyToken(plane.db, token)).toBeNull();
  await plane.db.update(tokens).set({ expiresAt: sql`now() + interval '1 hour'` }).where(eq(tokens.id, id));
  expect((await verifyToken(plane.db, token))?.user).toEqual(ada.user);
  await plane.caller(ada.user).tokens.revoke({ id });
  await plane.caller(ada.user).tokens.revoke({ id });
  expect(await verifyToken(plane.db, token)).toBeNull();
  expect((await listTokens(plane.db, ada.user.id)).map((listed) => listed.id)).not.toContain(id);
});

test("nobody can see or revoke another's token", async () => {
  const { id, token } = await createToken(plane.db, ada.user.id, never);
  expect(await plane.caller(eve.user).tokens.list()).toEqual([]);
  await expect(plane.caller(eve.user).tokens.revoke({ id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await verifyToken(plane.db, token))?.user).toEqual(ada.user);
});

test("the last use is noted, but within a minute only once", async () => {
  const { id, token } = await createToken(plane.db, ada.user.id, never);
  const lastUse = async () => (await listTokens(plane.db, ada.user.id)).find((listed) => listed.id === id)?.lastUsedAt;
  await verifyToken(plane.db, token);
  const first = await lastUse();
  expect(first).toBeInstanceOf(Date);
  await verifyToken(plane.db, token);
  expect(await lastUse()).toEqual(first);
  await plane.db.update(tokens).set({ lastUsedAt: sql`now() - interval '61 seconds'` }).where(eq(tokens.id, id));
  const before = await lastUse();
  await verifyToken(plane.db, token);
  expect((await lastUse())?.getTime()).toBeGreaterThan(before?.getTime() ?? 0);
});

test("a token opens the repositories of its owner's organisations and no others", async () => {
  const { organisation } = await findOrganisation(plane.db, ada.user.id, ada.organisation);
  await plane.db
    .insert(projects)
    .values({ organisationId: organisation.id, slug: "engine", name: "Engine", origin: "blank", state: "ready" });
  const asked = { organisationSlug: ada.organisation, projectSlug: "engine", pushing: true };
  const { token } = await createToken(plane.db, ada.user.id, never);
  expect(await authorizeGit(plane.db, { token, ...asked })).toMatchObject({
    user: ada.user,
    project: { name: "Engine" },
  });
  const { token: other } = await createToken(plane.db, eve.user.id, never);
  expect(await authorizeGit(plane.db, { token: other, ...asked })).toBeNull();
  expect(await authorizeGit(plane.db, { token, ...asked, projectSlug: "../engine" })).toBeNull();
  expect(await authorizeGit(plane.db, { token: "gt_nothing", ...asked })).toBeNull();
});

test("a token that would be expired at once, or has no name, is not made", async () => {
  const { create } = plane.caller(ada.user).tokens;
  const expiresAt = new Date(Date.now() - 1000);
  await expect(create({ name: "Late", expiresAt })).rejects.toMatchObject({
    code: "UNPROCESSABLE_CONTENT",
    cause: { fields: [{ field: "expiresAt", rule: "min" }] },
  });
  await expect(create({ name: " " })).rejects.toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
});
