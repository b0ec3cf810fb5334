import { asc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEntries } from "#db/schema/auditEntries.ts";
import { auditIntents } from "#db/schema/auditIntents.ts";
import { organisations } from "#db/schema/organisations.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import { findOrganisation } from "../organisations/service.ts";
import { asChainedEntry, genesisHash, hashEntry } from "./AuditEntry.ts";
import { recordAudit, systemActor } from "./service.ts";
import { sweepIntents } from "./sweepIntents.ts";

let plane: TestControlPlane;
let ada: Awaited<ReturnType<TestControlPlane["person"]>>;
beforeAll(async () => {
  plane = await testControlPlane();
  ada = await plane.person("Ada");
});
afterAll(() => plane[Symbol.asyncDispose]());

async function idOf(person: typeof ada): Promise<string> {
  return (await findOrganisation(plane.db, person.user.id, person.organisation)).organisation.id;
}

async function entriesOf(organisationId: string) {
  const rows = await plane.db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.organisationId, organisationId))
    .orderBy(asc(auditEntries.sequence));
  return rows.map(asChainedEntry);
}

test("a mutation is recorded with who, what, from where, before and after", async () => {
  await plane.caller(ada.user).organisations.rename({ organisation: ada.organisation, name: "Ada and friends" });
  const [founding, entry, ...others] = await entriesOf(await idOf(ada));
  expect(others).toEqual([]);
  expect(founding).toMatchObject({ action: "organisation.founded", actor: { name: "Ada" } });
  expect(entry).toMatchObject({
    sequence: 2,
    actor: { kind: "person", id: ada.user.id, name: "Ada", email: "ada@example.com" },
    action: "organisations.rename",
    outcome: "done",
    target: `organisation ${ada.organisation}`,
    address: "192.0.2.1",
    userAgent: "test",
  });
  expect(await plane.db.select().from(auditIntents)).toEqual([]);
});

test("what a viewer is refused is recorded, the same refusal once", async () => {
  const owner = await plane.person("Grace");
  const viewer = await plane.person("Vic");
  const organisationId = await idOf(owner);
  await plane.db.execute(
    sql`insert into memberships (organisation_id, user_id, role) values (${organisationId}, ${viewer.user.id}, 'viewer')`,
  );
  const { rename } = plane.caller(viewer.user).organisations;
  for (let tries = 0; tries < 3; tries += 1) {
    await expect(rename({ organisation: owner.organisation, name: "Mine" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  }
  expect(await entriesOf(organisationId)).toMatchObject([
    { action: "organisation.founded" },
    {
      action: "organisations.rename",
      outcome: "refused",
      actor: { name: "Vic" },
      after: { reason: expect.stringMatching(/^Ask an owner/) },
    },
  ]);
});

test("entries that are made at the same time have an order without gaps, and each follows the one before", async () => {
  const grete = await plane.person("Grete");
  const organisationId = await idOf(grete);
  await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      recordAudit(plane.db, {
        organisationId,
        actor: systemActor,
        action: `test.${n}`,
        after: { n, text: "a\0b\ud800" },
      }),
    ),
  );
  const entries = await entriesOf(organisationId);
  expect(entries.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 41 }, (_, n) => n + 1));
  let previous = genesisHash(organisationId);
  let at = "";
  for (const { previousHash, hash, ...entry } of entries) {
    expect(previousHash).toBe(previous);
    expect(hashEntry(entry, previous)).toBe(hash);
    expect(entry.at >= at).toBe(true);
    previous = hash;
    at = entry.at;
  }
});

test("a record goes with its transaction, and where that is undone leaves no gap", async () => {
  const hedy = await plane.person("Hedy");
  const organisationId = await idOf(hedy);
  const record = (action: string) => ({ organisationId, actor: systemActor, action });
  const undone = plane.db.transaction(async (transaction) => {
    await recordAudit(transaction, record("test.undone"));
    throw new Error("Undo");
  });
  await expect(undone).rejects.toThrow("Undo");
  await recordAudit(plane.db, record("test.kept"));
  expect(await entriesOf(organisationId)).toMatchObject([
    { action: "organisation.founded" },
    { sequence: 2, action: "test.kept" },
  ]);
});

test("the database refuses to change, remove, insert between or empty, and lets all go with the organisation", async () => {
  const irene = await plane.person("Irene");
  const organisationId = await idOf(irene);
  for (const action of ["test.one", "test.two"])
    await recordAudit(plane.db, { organisationId, actor: systemActor, action });
  const refused = [
    sql`update audit_entries set action = 'other' where organisation_id = ${organisationId}`,
    sql`delete from audit_entries where organisation_id = ${organisationId} and sequence = 1`,
    sql`truncate audit_entries`,
    sql`insert into audit_entries (organisation_id, sequence, at, actor, action, previous_hash, hash)
        values (${organisationId}, 5, now(), '{}', 'forged', 'x', 'y')`,
    sql`update audit_heads set sequence = 1 where organisation_id = ${organisationId}`,
    sql`delete from audit_heads where organisation_id = ${organisationId}`,
    sql`insert into audit_checkpoints (organisation_id, sequence, hash, at, kept_days, checkpoint_sealed)
        values (${organisationId}, 3, 'x', now(), 1, 'x')`,
  ];
  for (const statement of refused) {
    await expect(plane.db.execute(statement)).rejects.toMatchObject({ cause: { code: "23001" } });
  }
  expect(await entriesOf(organisationId)).toHaveLength(3);
  await plane.db.delete(organisations).where(eq(organisations.id, organisationId));
  expect(await entriesOf(organisationId)).toEqual([]);
  // Nothing to record it in any more.
  await recordAudit(plane.db, { organisationId, actor: systemActor, action: "test.late" });
});

test("what looks like a secret is not kept, and what is too large is named by its size", async () => {
  const joan = await plane.person("Joan");
  const organisationId = await idOf(joan);
  const after = { name: "SMTP", password: "hunter2", nested: [{ apiKey: "gt_x", on: true }] };
  await recordAudit(plane.db, { organisationId, actor: systemActor, action: "test.secret", after });
  const before = Array.from({ length: 100 }, () => "x".repeat(1000));
  await recordAudit(plane.db, { organisationId, actor: systemActor, action: "test.large", before });
  expect(await entriesOf(organisationId)).toMatchObject([
    { action: "organisation.founded" },
    { after: { name: "SMTP", password: "(not kept)", nested: [{ apiKey: "(not kept)", on: true }] } },
    { before: { tooLarge: true } },
  ]);
});

test("a change whose process was killed is told of, once, as one whose outcome is not known", async () => {
  const mary = await plane.person("Mary");
  const organisationId = await idOf(mary);
  const entry = { organisationId, actor: systemActor, action: "projects.delete", target: "project crm" };
  await plane.db.insert(auditIntents).values([
    { organisationId, entry, createdAt: new Date(Date.now() - 3_600_000) },
    { organisationId, entry: { ...entry, action: "test.running" } },
  ]);
  expect(await Promise.all([sweepIntents(), sweepIntents()]).then((counts) => counts.sort())).toEqual([0, 1]);
  expect((await entriesOf(organisationId)).slice(1)).toMatchObject([{ action: "projects.delete", outcome: "unknown" }]);
  await plane.db.delete(auditIntents);
});
