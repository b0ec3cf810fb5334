import { sealedColumns } from "#lib/compile/schema/sealedColumns.ts";
import type { Catalog } from "#lib/plan/catalog/Catalog.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import { quoteIdentifier } from "#lib/sql/identifier.ts";
import type { Database } from "../exec/Database.ts";
import { isEncrypted, placeOf } from "./encryptedPlaces.ts";
import type { FieldCipher } from "./FieldCipher.ts";

const batch = 200;

export interface Reencryption {
  readonly catalog: Catalog;
  readonly database: Database;
  readonly cipher: FieldCipher;
}

/**
 * Seals with the current key what older ones have sealed, some rows at a time while requests go on; may be ended anywhere
 * and called again. Answers how many values that were.
 */
export async function reencrypt({ catalog, database, cipher }: Reencryption): Promise<number> {
  let changed = 0;
  for (const entity of catalog.entities.values()) {
    for (const field of entity.fields.values()) {
      if (!isEncrypted(field)) continue;
      const place = placeOf(entity, field);
      const names = { table: entity.resource.table, column: field.column, key: entity.key.column };
      changed += await reseal({ database, cipher }, { ...names, placeOf: () => place });
    }
  }
  for (const { table, key, column } of sealedColumns(catalog.model)) {
    changed += await reseal({ database, cipher }, { table, key, column, placeOf: (id) => `${table}.${id}` });
  }
  return changed;
}

interface Sealed {
  /** Stored names. */
  readonly table: string;
  readonly column: string;
  readonly key: string;
  /** What the value of the row with a key is bound to. */
  readonly placeOf: (key: string) => string;
}

async function reseal({ database, cipher }: Omit<Reencryption, "catalog">, sealed: Sealed): Promise<number> {
  const [table, column, key] = [tableName(sealed.table), ...[sealed.column, sealed.key].map(quoteIdentifier)];
  // Changed only if it is still what was read: whoever writes in between has the current key as well.
  const update = `with given as (select * from json_to_recordset($1::json) as g(key text, was text, becomes text)),
    done as (update ${table} as t set ${column} = given.becomes from given
      where t.${key}::text = given.key and t.${column} = given.was returning 1)
    select count(*)::text from done`;
  const select = `select ${key}::text, ${column} from ${table}
    where ${column} is not null and not starts_with(${column}, $1) limit ${batch}`;
  let changed = 0;
  for (;;) {
    const rows = await database.inspect(select, [cipher.prefix]);
    if (rows.length === 0) return changed;
    const given = rows.map(([id = "", was = ""]) => {
      const place = sealed.placeOf(id);
      return { key: id, was, becomes: cipher.seal(cipher.open(was, place), place) };
    });
    const row = await database.write({ text: update, parameters: [JSON.stringify(given)], prepare: false });
    changed += Number(row?.[0]?.toString("utf8") ?? 0);
  }
}
