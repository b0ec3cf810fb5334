import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEntries } from "#db/schema/auditEntries.ts";
import { mails } from "#db/schema/mails.ts";
import { memberships, organisations } from "#db/schema/organisations.ts";
import { projects } from "#db/schema/projects.ts";
import { tokens } from "#db/schema/tokens.ts";
import { users } from "#db/schema/users.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import type { Principal } from "../../access/Principal.ts";
import { findOrganisation } from "../organisations/service.ts";
import { authorizeGit, createToken, verifyToken } from "./service.ts";
import { tellExpiring } from "./tellExpiring.ts";
import { looksLikeToken, newToken } from "./tokenForm.ts";

type Person = Awaited<ReturnType<TestControlPlane["person"]>>;

let plane: TestControlPlane;
let ada: Person;
let organisationId: string;
beforeAll(async () => {
  plane = await testControlPlane();
  ada = await plane.person("Ada");
  organisationId = (await findOrganisation(plane.db, ada.user.id, ada.organisation)).organisation.id;
  await plane.db
    .insert(projects)
    .values({ organisationId, slug: "engine", name: "Engine", origin: "blank", state: "ready" });
});
afterAll(() => plane[Symbol.asyncDispose]());

async function holderOf(token: string): Promise<Principal> {
  const who = await verifyToken(plane.db, token);
  if (!who) throw new Error("The token is not valid.");
  return who;
}

const inAYear = () => new Date(Date.now() + 365 * 24 * 3_600_000);

const build = () => ({
  organisation: ada.organisation,
  name: "build server",
  role: "developer" as const,
  scopes: ["read" as const, "model" as const],
  expiresAt: inAYear(),
});

test("tokens have a checksum: what was mistyped or made up is known without the database", () => {
  for (const kind of ["person", "organisation"] as const) {
    const token = newToken(kind);
    expect(token).toMatch(kind === "person" ? /^gtp_[0-9A-Za-z]{46}$/ : /^gto_[0-9A-Za-z]{46}$/);
    expect(looksLikeToken(token)).toBe(true);
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === "x" ? "y" : "x";
      expect(looksLikeToken(token.slice(0, at) + other + token.slice(at + 1))).toBe(false);
    }
  }
  expect(looksLikeToken(`gt_${"a".repeat(43)}`)).toBe(true);
});

test("an organisation's token acts with a role of its own, opens nothing else, and outlives its maker", async () => {
  const maker = await plane.person("Grace");
  await plane.db.insert(memberships).values({ organisationId, userId: maker.user.id, role: "admin" });
  const { token } = await plane.caller(maker.user).tokens.organisation.create(build());
  const who = await holderOf(token);
  const by = plane.callerBy(who);
  expect(await by.organisations.list()).toMatchObject([{ slug: ada.organisation, role: "developer" }]);
  await expect(by.organisations.get({ organisation: maker.organisation })).rejects.toMatchObject({ code: "NOT_FOUND" });
  const git = { token, organisationSlug: ada.organisation, projectSlug: "engine", pushing: true };
  expect(await authorizeGit(plane.db, git)).toMatchObject({ user: { name: "build server" } });
  await plane.db.delete(users).where(eq(users.id, maker.user.id));
  expect((await verifyToken(plane.db, token))?.user).toEqual(who.user);
  const [listed] = (await plane.caller(ada.user).tokens.organisation.list({ organisation: ada.organisation })).tokens;
  expect(listed).toMatchObject({ name: "build server", role: "developer", createdBy: null, scopes: ["read", "model"] });
});

test("its user is no person: it is not shown as one, and is told of in the audit log by its name", async () => {
  const { token, id } = await plane.caller(ada.user).tokens.organisation.create({ ...build(), scopes: ["settings"] });
  const who = await holderOf(token);
  const members = await plane.caller(ada.user).members.list({ organisation: ada.organisation });
  expect(JSON.stringify(members)).not.toContain("tokens.invalid");
  await plane
    .callerBy(who)
    .projects.create({
      organisation: ada.organisation,
      ...{ name: "By a program", requestId: crypto.randomUUID(), from: { kind: "blank" } },
    } as never)
    .catch(() => null);
  await plane
    .callerBy(who)
    .organisations.rename({ organisation: ada.organisation, name: "Mine" })
    .catch(() => null);
  const rows = await plane.db.select().from(auditEntries).where(eq(auditEntries.actorId, who.user.id));
  expect(rows.at(-1)).toMatchObject({
    actor: { kind: "token", name: "build server", tokenId: id, tokenName: "build server" },
    outcome: "refused",
  });
});

test("a token makes no tokens, and does not change what tokens must be", async () => {
  const { token } = await createToken(plane.db, ada.user.id, { name: "all", expiresAt: null });
  const by = plane.callerBy(await holderOf(token)).tokens;
  await expect(by.organisation.create(build())).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(by.create({ name: "more" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  const { id } = await plane.caller(ada.user).tokens.create({ name: "other" });
  await expect(by.revoke({ id })).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("rotated, the old one stays as long as was chosen, and both act as the same user", async () => {
  const asked = plane.caller(ada.user).tokens.organisation;
  const old = await asked.create(build());
  const rotation = { organisation: ada.organisation, expiresAt: null };
  const next = await asked.rotate({ ...rotation, id: old.id, overlapMinutes: 60 });
  const [one, other] = [await holderOf(old.token), await holderOf(next.token)];
  expect(one.user).toEqual(other.user);
  expect(other.scopes).toEqual(["read", "model"]);
  const last = await asked.rotate({ ...rotation, id: next.id, overlapMinutes: 0 });
  expect(await verifyToken(plane.db, next.token)).toBeNull();
  await asked.revoke({ organisation: ada.organisation, id: last.id });
  await asked.revoke({ organisation: ada.organisation, id: old.id });
  expect(await verifyToken(plane.db, old.token)).toBeNull();
  const [membership] = await plane.db.select().from(memberships).where(eq(memberships.userId, one.user.id));
  expect(membership?.suspendedAt).toBeInstanceOf(Date);
});

test("of two that revoke or rotate at once, one is told that it is gone", async () => {
  const asked = plane.caller(ada.user).tokens.organisation;
  const { id } = await asked.create(build());
  const rotate = () => asked.rotate({ organisation: ada.organisation, id, overlapMinutes: 0, expiresAt: null });
  const answers = await Promise.allSettled([rotate(), rotate(), rotate()]);
  expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("nobody finds or ends another organisation's token", async () => {
  const eve = await plane.person("Eve");
  const { id, token } = await plane.caller(ada.user).tokens.organisation.create(build());
  const asked = plane.caller(eve.user).tokens.organisation;
  await expect(asked.revoke({ organisation: eve.organisation, id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await asked.list({ organisation: eve.organisation })).tokens).toEqual([]);
  expect(await verifyToken(plane.db, token)).not.toBeNull();
});

test("a personal token of one organisation finds no other, and none at all once its owner is suspended or removed", async () => {
  const joan = await plane.person("Joan");
  await plane.db.insert(memberships).values({ organisationId, userId: joan.user.id, role: "developer" });
  const { token } = await plane.caller(joan.user).tokens.create({ name: "here", only: ada.organisation });
  const by = plane.callerBy(await holderOf(token));
  expect((await by.organisations.list()).map(({ slug }) => slug)).toEqual([ada.organisation]);
  await expect(by.organisations.get({ organisation: joan.organisation })).rejects.toMatchObject({ code: "NOT_FOUND" });
  const get = async () =>
    await plane.callerBy(await holderOf(token)).organisations.get({ organisation: ada.organisation });
  expect(await get()).toMatchObject({ role: "developer" });
  const own = eq(memberships.userId, joan.user.id);
  await plane.db.update(memberships).set({ suspendedAt: new Date() }).where(own);
  await expect(get()).rejects.toMatchObject({ code: "NOT_FOUND" });
  await plane.db.update(memberships).set({ suspendedAt: null }).where(own);
  await plane.db.execute(
    sql`delete from memberships where organisation_id = ${organisationId} and user_id = ${joan.user.id}`,
  );
  await expect(get()).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(plane.caller(joan.user).tokens.create({ name: "there", only: ada.organisation })).rejects.toMatchObject({
    cause: { fields: [{ field: "only" }] },
  });
});

test("where tokens must expire, those that never do open nothing and are not made", async () => {
  const { token } = await createToken(plane.db, ada.user.id, { name: "for ever", expiresAt: null });
  const get = async () =>
    await plane.callerBy(await holderOf(token)).organisations.get({ organisation: ada.organisation });
  expect(await get()).toMatchObject({ role: "owner" });
  const asked = plane.caller(ada.user).tokens.organisation;
  await asked.setRule({ organisation: ada.organisation, allowsLasting: false });
  await expect(get()).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(asked.create({ ...build(), expiresAt: null })).rejects.toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
  await asked.setRule({ organisation: ada.organisation, allowsLasting: true });
  const ruled = eq(auditEntries.action, "tokens.organisation.setRule");
  expect(await plane.db.select().from(auditEntries).where(ruled).orderBy(auditEntries.sequence)).toMatchObject([
    { before: { allowed: true }, after: { allowed: false } },
    { before: { allowed: false }, after: { allowed: true } },
  ]);
  expect(await get()).toMatchObject({ role: "owner" });
});

test("a use from a new address is told once in the audit log of what the token opens", async () => {
  const { token, id } = await plane.caller(ada.user).tokens.create({ name: "roaming" });
  for (const address of ["192.0.2.7", "198.51.100.1", "198.51.100.1", "192.0.2.7", "198.51.100.1"]) {
    expect(await verifyToken(plane.db, token, address)).not.toBeNull();
  }
  const [row] = await plane.db.select().from(tokens).where(eq(tokens.id, id));
  expect(row?.lastUsedAddress).toBe("198.51.100.1");
  const told = await plane.db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, "token.newAddress"))
    .orderBy(auditEntries.sequence);
  expect(told.map(({ address }) => address)).toEqual(["198.51.100.1", "192.0.2.7"]);
});

test("owners are written to once before a token expires; of an organisation's whoever made it, or its owners", async () => {
  await plane.db.delete(tokens);
  const maker = await plane.person("Mary");
  await plane.db.insert(memberships).values({ organisationId, userId: maker.user.id, role: "admin" });
  await plane.caller(maker.user).tokens.organisation.create({ ...build(), name: "made by Mary" });
  await plane.caller(ada.user).tokens.organisation.create({ ...build(), name: "made by somebody" });
  await createToken(plane.db, ada.user.id, { name: "own", expiresAt: inAYear() });
  expect(await tellExpiring()).toBe(0);
  await plane.db.update(tokens).set({
    createdAt: sql`now() - interval '359 days'`,
    expiresAt: sql`now() + interval '6 days'`,
    createdBy: sql`case when name = 'made by somebody' then null else created_by end`,
  });
  expect(await tellExpiring()).toBe(3);
  expect(await tellExpiring()).toBe(0);
  const written = await plane.db.select({ to: mails.recipient, subject: mails.subject }).from(mails);
  expect(written.filter(({ subject }) => subject.endsWith("expires soon"))).toEqual(
    expect.arrayContaining([
      { to: "ada@example.com", subject: "The token own expires soon" },
      { to: "mary@example.com", subject: "The token made by Mary expires soon" },
      { to: "ada@example.com", subject: "The token made by somebody expires soon" },
    ]),
  );
  expect(written).toHaveLength(3);
});

test("no secret of a token is in any row, answer or entry", async () => {
  const asked = plane.caller(ada.user).tokens;
  const made = [
    (await asked.create({ name: "leak" })).token,
    (await asked.organisation.create(build())).token,
    (
      await asked.organisation.rotate({
        organisation: ada.organisation,
        id: (await asked.organisation.create(build())).id,
        overlapMinutes: 60,
        expiresAt: null,
      })
    ).token,
  ];
  const tables = await plane.db.execute<{ name: string }>(
    sql`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  for (const { name } of tables) {
    const rows = JSON.stringify(await plane.db.execute(sql`select t::text as row from ${sql.identifier(name)} t`));
    for (const token of made) expect(rows).not.toContain(token.slice(10));
  }
  const answers = JSON.stringify([
    await asked.list(),
    await asked.organisation.list({ organisation: ada.organisation }),
    await plane.caller(ada.user).audit.list({ organisation: ada.organisation }),
  ]);
  for (const token of made) expect(answers).not.toContain(token.slice(10));
});

test("an organisation that is gone takes its tokens with it", async () => {
  const lise = await plane.person("Lise");
  const { token } = await plane
    .caller(lise.user)
    .tokens.organisation.create({ ...build(), organisation: lise.organisation });
  await plane.db.delete(organisations).where(eq(organisations.slug, lise.organisation));
  expect(await verifyToken(plane.db, token)).toBeNull();
});
