import { storageType } from "#lib/compile/schema/storageType.ts";
import type { AttributeType } from "#lib/model/types.ts";
import { arrayLiteral } from "#lib/plan/values/arrayLiteral.ts";
import { printColumnType } from "#lib/sql/ddl/columnType.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import { quoteIdentifier } from "#lib/sql/identifier.ts";
import type { Database, Session } from "../exec/Database.ts";
import { codeOf } from "../exec/failureKinds.ts";
import type { StatementCall } from "../exec/runStatement.ts";
import type { GivenRows, StoredRow } from "./GivenRows.ts";
import { TestFailure } from "./TestFailure.ts";

/** All sequences of the app's tables, as texts that stand for them. */
export async function sequencesOf(database: Database): Promise<readonly string[]> {
  const rows = await database.inspect(
    `select c.oid::regclass::text from pg_class c
     where c.relkind = 'S' and c.relnamespace = 'public'::regnamespace order by 1`,
    [],
  );
  return rows.map(([name = ""]) => name);
}

/** Sequences go on over transactions that are undone, so each test begins them anew. */
export async function resetSequences(session: Session, sequences: readonly string[]): Promise<void> {
  if (sequences.length === 0) return;
  const text = "select max(setval(name::regclass, 1, false)) from unnest($1::text::text[]) as name";
  await session.answer({ text, parameters: [arrayLiteral(sequences)], prepare: false });
}

/** Stores records as they stand: nothing is asked but what the database itself wants. */
export async function storeRows(session: Session, { all }: Pick<GivenRows, "all">): Promise<void> {
  // Sent one behind the other; the first that is refused is the one that tells.
  await Promise.all([
    ...all.map((row) => asking(row, () => session.answer(insertion(row)))),
    ...all.flatMap((row) => linksOf(row).map((call) => asking(row, () => session.answer(call)))),
  ]);
  await advanceKeys(session, all);
}

function linksOf({ entity, key, links }: StoredRow): readonly StatementCall[] {
  return links.flatMap(({ relationship, target, keys }) => {
    const columns = [relationship.sourceColumn, relationship.targetColumn].map(quoteIdentifier).join(", ");
    const values = [entity, target].map((side, index) => castParameter(side.key.type, index)).join(", ");
    const text = `INSERT INTO ${tableName(relationship.table)} (${columns}) VALUES (${values})`;
    return keys.map((linked) => ({ text, parameters: [key, linked], prepare: false }));
  });
}

function castParameter(type: AttributeType, index: number): string {
  return `$${index + 1}::text::${printColumnType(storageType(type))}`;
}

function insertion({ entity, values }: StoredRow): StatementCall {
  const fields = [...values];
  const columns = fields.map(([field]) => quoteIdentifier(field.column)).join(", ");
  const parts = fields.map(([{ type }], index) => castParameter(type, index));
  const text = `INSERT INTO ${tableName(entity.resource.table)} (${columns}) OVERRIDING SYSTEM VALUE VALUES (${parts.join(", ")})`;
  return { text, parameters: fields.map(([, value]) => value), prepare: false };
}

/** Keys that the database gives go on after those that were given here. */
async function advanceKeys(session: Session, rows: readonly StoredRow[]): Promise<void> {
  const given = rows.filter(({ entity }) => entity.key.attribute?.default?.kind === "generated");
  for (const entity of new Set(given.map((row) => row.entity))) {
    const keys = given.filter((row) => row.entity === entity).map(({ key }) => key);
    const text = `select setval(pg_get_serial_sequence($1::text, $2::text)::regclass, max(greatest(key::bigint, 1)), true)
      from unnest($3::text::text[]) as key`;
    const parameters = [tableName(entity.resource.table), entity.key.column, arrayLiteral(keys)];
    await session.answer({ text, parameters, prepare: false });
  }
}

async function asking(row: StoredRow, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const why = reasons.get(codeOf(error));
    if (why === undefined) throw error;
    const what =
      row.name === null ? `A record of ${row.entity.name} that others need` : `The given record \`${row.name}\``;
    throw new TestFailure(`${what} cannot be stored: ${why}`, { cause: error });
  }
}

/** By SQLSTATE. */
const reasons: ReadonlyMap<string, string> = new Map([
  ["23505", "another given record has the same value where it must be unique."],
  ["23503", "it refers to a record that is not there."],
  ["23502", "something required has no value."],
  ["23514", "a value is not allowed."],
  ["22003", "a number is out of range."],
  ["22001", "a text is too long."],
  ["22P02", "a value does not fit its field."],
  ["22007", "a value does not fit its field."],
  ["22008", "a moment is out of range."],
  ["54000", "it is too large."],
  ["57014", "it took too long."],
]);
