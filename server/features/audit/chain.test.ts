import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import { testSeed } from "#tests/support/testSeed.ts";
import type { Transaction } from "../../database.ts";
import { findOrganisation } from "../organisations/service.ts";
import { ndjsonLines } from "./export/exportLines.ts";
import { verifyExport } from "./export/verifyExport.ts";
import { recordAudit } from "./recordAudit.ts";
import { removeOld } from "./removeOld.ts";
import { systemActor } from "./service.ts";
import { verifyChain } from "./verifyChain.ts";

let plane: TestControlPlane;
let organisation: { readonly id: string; readonly slug: string };
const length = 14;
beforeAll(async () => {
  plane = await testControlPlane();
  organisation = await logOf("Ada", length);
});
afterAll(() => plane[Symbol.asyncDispose]());

/** An organisation whose log has so many entries. */
async function logOf(name: string, entries: number) {
  const person = await plane.person(name);
  const { id, slug } = (await findOrganisation(plane.db, person.user.id, person.organisation)).organisation;
  for (let n = 2; n <= entries; n += 1) {
    const after = { n, list: [1, { deep: "ü" }], "ä key": null, small: 1e-7 };
    await recordAudit(plane.db, {
      organisationId: id,
      actor: systemActor,
      action: `test.${n}`,
      target: `thing ${n}`,
      after,
    });
  }
  return { id, slug };
}

const between = (from: number, to: number) => fc.integer({ min: from, max: to });

/** What somebody with the whole database may do to a log of `length` entries, as statements. */
const tampering = fc.oneof(
  // Alteration of any column that says something, with or without hashing it anew.
  fc
    .record({
      at: between(1, length),
      set: fc.constantFrom(
        "action = 'other'",
        "target = 'other'",
        'actor = actor || \'{"name": "Somebody"}\'',
        "at = at + interval '1 millisecond'",
        "address = '203.0.113.9'",
        "user_agent = 'other'",
        "outcome = 'refused'",
        "before = '{}'",
        "after = '{\"n\": 0}'",
        "project_id = '00000000-0000-0000-0000-000000000000'",
        "hash = repeat('0', 64)",
        "previous_hash = repeat('0', 64)",
      ),
    })
    .map(({ at, set }) => [`update audit_entries set ${set} where organisation_id = $org and sequence = ${at}`]),
  // Removal in the middle, with and without closing the gap.
  fc
    .record({ at: between(1, length - 1), closes: fc.boolean() })
    .map(({ at, closes }) => [
      `delete from audit_entries where organisation_id = $org and sequence = ${at}`,
      ...(closes
        ? [
            `update audit_entries set sequence = -(sequence - 1) where organisation_id = $org and sequence > ${at}`,
            "update audit_entries set sequence = -sequence where organisation_id = $org and sequence < 0",
          ]
        : []),
    ]),
  // Cutting off the end, with the mark moved back too.
  fc.record({ at: between(1, length), moves: fc.boolean() }).map(({ at, moves }) => [
    `delete from audit_entries where organisation_id = $org and sequence >= ${at}`,
    ...(moves
      ? [
          `update audit_heads set sequence = ${at - 1}, hash = coalesce((select hash from audit_entries
            where organisation_id = $org and sequence = ${at - 1}), hash) where organisation_id = $org`,
        ]
      : []),
  ]),
  // Cutting off the beginning, with a checkpoint that has the mark of the end.
  between(1, length - 1).map((at) => [
    `insert into audit_checkpoints (organisation_id, sequence, hash, at, kept_days, checkpoint_sealed)
      select organisation_id, sequence, hash, at, 1, (select head_sealed from audit_heads where organisation_id = $org)
      from audit_entries where organisation_id = $org and sequence = ${at}`,
    `delete from audit_entries where organisation_id = $org and sequence <= ${at}`,
  ]),
  // Exchanging two.
  fc
    .tuple(between(1, length), between(1, length))
    .filter(([one, other]) => one !== other)
    .map(([one, other]) => [
      `update audit_entries set sequence = -1 where organisation_id = $org and sequence = ${one}`,
      `update audit_entries set sequence = ${one} where organisation_id = $org and sequence = ${other}`,
      `update audit_entries set sequence = ${other} where organisation_id = $org and sequence = -1`,
    ]),
  // Adding one at the end, well hashed or not, with and without moving the mark.
  fc.record({ moves: fc.boolean() }).map(({ moves }) => [
    `insert into audit_entries (organisation_id, sequence, at, actor, action, previous_hash, hash)
      select organisation_id, sequence + 1, at, actor, 'forged', hash, repeat('0', 64) from audit_entries
      where organisation_id = $org and sequence = ${length}`,
    ...(moves
      ? [`update audit_heads set sequence = ${length + 1}, hash = repeat('0', 64) where organisation_id = $org`]
      : []),
  ]),
  fc.constant(["delete from audit_heads where organisation_id = $org"]),
  fc.constant([
    "delete from audit_entries where organisation_id = $org",
    "delete from audit_heads where organisation_id = $org",
  ]),
);

const tables = ["audit_entries", "audit_heads", "audit_checkpoints"];

/** As the tables' owner may: what is left is the chain. */
async function withoutTriggers(transaction: Transaction): Promise<void> {
  for (const table of tables) await transaction.execute(sql.raw(`alter table ${table} disable trigger user`));
}

class Undo extends Error {}

test("whatever a superuser does to a log is found", async () => {
  expect(await verifyChain(plane.db, organisation.id)).toEqual({
    problem: null,
    first: 1,
    through: length,
    isComplete: true,
  });
  await fc.assert(
    fc.asyncProperty(tampering, async (statements) => {
      const outcome = await plane.db
        .transaction(async (transaction) => {
          await withoutTriggers(transaction);
          for (const statement of statements) {
            await transaction.execute(sql.raw(statement.replaceAll("$org", `'${organisation.id}'`)));
          }
          const { problem } = await verifyChain(transaction, organisation.id);
          expect(problem, statements.join("; ")).not.toBeNull();
          throw new Undo();
        })
        .catch((error: unknown) => error);
      if (!(outcome instanceof Undo)) throw outcome;
    }),
    { seed: testSeed, numRuns: 120 },
  );
  expect((await verifyChain(plane.db, organisation.id)).problem).toBeNull();
});

test("a log is looked at in parts, each from an entry on", async () => {
  expect(await verifyChain(plane.db, organisation.id, { most: 5 })).toMatchObject({ through: 5, isComplete: false });
  expect(await verifyChain(plane.db, organisation.id, { after: 5, most: 5 })).toMatchObject({ through: 10 });
  expect(await verifyChain(plane.db, organisation.id, { after: 10, most: 5 })).toEqual({
    problem: null,
    first: 1,
    through: length,
    isComplete: true,
  });
});

test("retention removes the oldest only, the rest still verifies, and what was removed cannot be more", async () => {
  const { id, slug } = await logOf("Grace", 10);
  expect(await removeOld(id, 30)).toBe(0);
  await plane.db.transaction(async (transaction) => {
    await withoutTriggers(transaction);
    // As if the first six were old: their own hashes are not looked at any more once they are gone.
    await transaction.execute(sql`update audit_entries set at = at - interval '31 days'
      where organisation_id = ${id} and sequence <= 6`);
    for (const table of tables) await transaction.execute(sql.raw(`alter table ${table} enable trigger user`));
  });
  expect(await removeOld(id, 30)).toBe(6);
  expect(await removeOld(id, 30)).toBe(0);
  const verified = { problem: null, first: 7, through: 10, isComplete: true };
  expect(await verifyChain(plane.db, id)).toEqual(verified);
  await expect(
    plane.db.execute(sql`delete from audit_entries where organisation_id = ${id} and sequence = 7`),
  ).rejects.toMatchObject({ cause: { code: "23001" } });
  await expect(plane.db.execute(sql`delete from audit_checkpoints where organisation_id = ${id}`)).rejects.toThrow();
  await recordAudit(plane.db, { organisationId: id, actor: systemActor, action: "test.after" });
  expect(await verifyChain(plane.db, id)).toEqual({ ...verified, through: 11 });
  const lines = await collected(
    ndjsonLines({ bound: plane.db, system: plane.db }, { organisation: { id, slug }, filter: {} }),
  );
  expect(await verifyExport(asLines(lines))).toMatchObject({ problem: null, entries: 5 });
});

async function collected(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

async function* asLines(lines: readonly string[]) {
  yield* lines;
}

test("an export is verified without the installation, and what was done to it is found", async () => {
  const lines = await collected(ndjsonLines({ bound: plane.db, system: plane.db }, { organisation, filter: {} }));
  expect(await verifyExport(asLines(lines))).toMatchObject({ problem: null, entries: length });
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        between(1, length).map((at) => lines.filter((_, n) => n !== at)),
        between(1, length - 1).map((at) => [
          ...lines.slice(0, at),
          lines[at + 1] ?? "",
          lines[at] ?? "",
          ...lines.slice(at + 2),
        ]),
        between(1, length).map((at) => [...lines.slice(0, at), lines[at] ?? "", ...lines.slice(at)]),
        fc
          .record({
            at: between(1, length),
            field: fc.constantFrom("action", "target", "at", "after", "actor", "added"),
          })
          .map(({ at, field }) =>
            lines.map((line, n) => (n === at ? JSON.stringify({ ...JSON.parse(line), [field]: "x" }) : line)),
          ),
      ),
      async (altered) => {
        expect((await verifyExport(asLines(altered))).problem).not.toBeNull();
      },
    ),
    { seed: testSeed, numRuns: 100 },
  );
  await expect(verifyExport(asLines(["{}"]))).rejects.toThrow("no export");
});

test("a selection says that it is one, and each of its entries is held against its own hash", async () => {
  const lines = await collected(
    ndjsonLines({ bound: plane.db, system: plane.db }, { organisation, filter: { words: "thing 5" } }),
  );
  const verified = await verifyExport(asLines(lines));
  expect(verified).toMatchObject({ problem: null, entries: 1, header: { isSelection: true } });
  const altered = lines.map((line) => line.replace("test.5", "test.6"));
  expect((await verifyExport(asLines(altered))).problem).toMatchObject({ problem: "Entry 5 was altered." });
});
