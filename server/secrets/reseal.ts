import { getTableColumns, is, sql } from "drizzle-orm";
import { getTableConfig, type PgColumn, PgTable, PgText } from "drizzle-orm/pg-core";
import type { Database } from "#db/client.ts";
import * as schema from "#db/schema/index.ts";
import type { Keyring } from "./Keyring.ts";

/** So many rows are sealed anew in one transaction; who is killed loses no more than that. */
const batch = 100;

/** A column that holds sealed texts, or JSON with sealed texts in it. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** Of JSON: names of the members that lead to the sealed text. */
  readonly path: readonly string[] | null;
  /** Columns of the primary key. */
  readonly key: readonly string[];
}

/** Sealed texts within columns of JSON, which the name of the column does not tell; a test finds those that are missing. */
const withinJson: readonly { readonly column: PgColumn; readonly path: readonly string[] }[] = [
  { column: schema.environments.backups, path: ["storage", "secretAccessKeySealed"] },
  { column: schema.backups.storage, path: ["secretAccessKeySealed"] },
];

/** Every place of the control plane's database that holds sealed texts: columns named so, and those within JSON. */
export function sealedColumns(): SealedColumn[] {
  const tables = Object.values(schema).filter((value) => is(value, PgTable));
  const named = tables
    .flatMap((table) => Object.values(getTableColumns(table)))
    .filter((column) => is(column, PgText) && column.name.endsWith("_sealed"))
    .map((column) => ({ column, path: null }));
  return [...named, ...withinJson].map(({ column, path }) => {
    const { name, columns, primaryKeys } = getTableConfig(column.table);
    const own = primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary);
    return { table: name, column: column.name, path, key: own.map((part) => part.name) };
  });
}

/** How a sealing anew went: texts that no key opens are left as they are. */
export interface Resealed {
  readonly done: number;
  readonly unknown: readonly { readonly place: string; readonly reason: string }[];
}

/**
 * Seals with the newest key whatever another has sealed, while the control plane runs as well: each batch is one
 * transaction that holds its rows. Ended at any point and begun again, it goes on with what is left.
 */
export async function reseal(db: Database, keyring: Keyring): Promise<Resealed> {
  let done = 0;
  const unknown: { place: string; reason: string }[] = [];
  for (const place of sealedColumns()) {
    let after: string | null = null;
    do {
      const one = await resealBatch({ db, keyring, place, after });
      done += one.done;
      unknown.push(...one.unknown);
      after = one.last;
    } while (after !== null);
  }
  return { done, unknown };
}

interface Batch {
  readonly db: Database;
  readonly keyring: Keyring;
  readonly place: SealedColumn;
  /** The last key that was looked at, as JSON. */
  readonly after: string | null;
}

async function resealBatch({ db, keyring, place, after }: Batch): Promise<Resealed & { readonly last: string | null }> {
  const [table, column] = [sql.identifier(place.table), sql.identifier(place.column)];
  const parts = place.path;
  const text = parts ? sql`${column} #>> ${pathOf(parts)}` : sql`${column}`;
  // One text that tells the row and sorts, whatever the key is made of.
  const key = sql`jsonb_build_array(${sql.join(
    place.key.map((name) => sql.identifier(name)),
    sql`, `,
  )})::text`;
  return await db.transaction(async (transaction) => {
    const rows = await transaction.execute<{ at: string; key: string; sealed: string }>(sql`
      select ctid::text as at, ${key} as key, ${text} as sealed from ${table}
      where ${text} is not null and not starts_with(${text}, ${keyring.prefix}) and (${after}::text is null or ${key} > ${after})
      order by ${key} limit ${batch} for update`);
    const unknown: { place: string; reason: string }[] = [];
    for (const row of rows) {
      const anew = openedBy(keyring, row.sealed);
      if ("reason" in anew) {
        unknown.push({ place: `${place.table}.${place.column}`, reason: anew.reason });
        continue;
      }
      const sealed = keyring.seal(anew.text);
      const value = parts ? sql`jsonb_set(${column}, ${pathOf(parts)}, to_jsonb(${sealed}::text))` : sql`${sealed}`;
      // The row is held, so it stays where it is.
      await transaction.execute(sql`update ${table} set ${column} = ${value} where ctid = ${row.at}::tid`);
    }
    const last = rows.length < batch ? null : (rows.at(-1)?.key ?? null);
    return { done: rows.length - unknown.length, unknown, last };
  });
}

function pathOf(path: readonly string[]) {
  return sql`array[${sql.join(
    path.map((name) => sql`${name}`),
    sql`, `,
  )}]::text[]`;
}

function openedBy(keyring: Keyring, sealed: string): { readonly text: string } | { readonly reason: string } {
  try {
    return { text: keyring.unseal(sealed) };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : "It could not be opened." };
  }
}
