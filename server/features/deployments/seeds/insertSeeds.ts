import postgres from "postgres";
import { storageType } from "#lib/compile/schema/storageType.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { AttributeType, Model } from "#lib/model/types.ts";
import { type Catalog, catalogOf, entityNamed } from "#lib/plan/catalog/Catalog.ts";
import { printColumnType } from "#lib/sql/ddl/columnType.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import { quoteIdentifier } from "#lib/sql/identifier.ts";
import { advanceIdentities, type OwnerSession, type OwnerTransaction } from "../../environments/service.ts";
import { insertOrder } from "./insertOrder.ts";
import type { SeedTable } from "./SeedTables.ts";

/** Rows and links that were inserted; null when the tables already held rows and were left alone. */
export type InsertedSeeds = { readonly rows: number } | null;

/** Fills the empty tables of a new environment, all or nothing. */
export async function insertSeeds(
  sql: OwnerSession,
  model: Model,
  tables: readonly SeedTable[],
): Promise<InsertedSeeds> {
  return await sql.begin(async (transaction): Promise<InsertedSeeds> => {
    if (await holdsRows(transaction, model)) return null;
    const order = insertOrder(tables);
    let rows = 0;
    for (const { table, later } of order) {
      rows += table.rows.length;
      await named(table, () => insertRows(transaction, table, new Set(later)));
    }
    for (const { table, later } of order) await named(table, () => setLater(transaction, table, later));
    for (const table of tables) await named(table, () => insertLinks(transaction, table, catalogOf(model)));
    await advanceIdentities(transaction);
    return { rows };
  });
}

async function holdsRows(sql: OwnerTransaction, model: Model): Promise<boolean> {
  const names = model.resources.map((resource) => resource.table);
  if (names.length === 0) return false;
  const each = names.map((name) => `exists (select from ${tableName(name)})`);
  const [row] = await sql.unsafe<{ any: boolean }[]>(`select ${each.join(" or ")} as any`);
  return row?.any ?? false;
}

interface RecordColumn {
  readonly name: string;
  readonly type: AttributeType;
}

/** `FROM` for a list of objects whose members are stored texts, given as `$1`. */
function recordset(columns: readonly RecordColumn[]): string {
  const members = columns.map(({ name }) => `${quoteIdentifier(name)} text`);
  return `jsonb_to_recordset($1::text::jsonb) as seed (${members.join(", ")})`;
}

function typed({ name, type }: RecordColumn): string {
  return `seed.${quoteIdentifier(name)}::${printColumnType(storageType(type))}`;
}

async function insertRows(sql: OwnerTransaction, table: SeedTable, later: ReadonlySet<string>): Promise<void> {
  const fields = [...table.entity.fields.values()].filter(({ name }) => !later.has(name));
  const records = table.rows.map(({ values }) =>
    Object.fromEntries(fields.map(({ name, column }) => [column, values.get(name) ?? null])),
  );
  const columns = fields.map(({ column, type }) => ({ name: column, type }));
  // One statement for all rows, so that rows of one table may point to each other.
  await sql.unsafe(
    `insert into ${tableName(table.entity.resource.table)} (${columns.map(({ name }) => quoteIdentifier(name)).join(", ")})
     select ${columns.map(typed).join(", ")} from ${recordset(columns)}`,
    [JSON.stringify(records)],
  );
}

/** Sets what could not be inserted because it leads to a table that was filled afterwards. */
async function setLater(sql: OwnerTransaction, table: SeedTable, later: readonly string[]): Promise<void> {
  const { entity, rows } = table;
  const key = { name: entity.key.column, type: entity.key.type };
  for (const name of later) {
    const field = entity.fields.get(name);
    if (!field) continue;
    const column = { name: field.column, type: field.type };
    const records = rows
      .filter((row) => (row.values.get(name) ?? null) !== null)
      .map((row) => ({ [key.name]: row.key, [column.name]: row.values.get(name) ?? null }));
    await sql.unsafe(
      `update ${tableName(entity.resource.table)} as target set ${quoteIdentifier(column.name)} = ${typed(column)}
       from ${recordset([key, column])} where target.${quoteIdentifier(key.name)} = ${typed(key)}`,
      [JSON.stringify(records)],
    );
  }
}

async function insertLinks(sql: OwnerTransaction, { entity, rows }: SeedTable, catalog: Catalog): Promise<void> {
  for (const relationship of entity.relationships.values()) {
    if (relationship.kind !== "manyToMany") continue;
    const source = { name: relationship.sourceColumn, type: entity.key.type };
    const target = { name: relationship.targetColumn, type: entityNamed(catalog, relationship.target).key.type };
    const records = rows.flatMap((row) =>
      (row.links.get(relationship.name) ?? []).map((key) => ({ [source.name]: row.key, [target.name]: key })),
    );
    // Both sides may name the same link.
    await sql.unsafe(
      `insert into ${tableName(relationship.table)} (${quoteIdentifier(source.name)}, ${quoteIdentifier(target.name)})
       select ${typed(source)}, ${typed(target)} from ${recordset([source, target])} on conflict do nothing`,
      [JSON.stringify(records)],
    );
  }
}

/** What only the database can see, such as a text that is too long for its index, with the file it comes from. */
async function named(table: SeedTable, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    // Class 22 is a value, class 23 a constraint, 54000 a limit: the rows' own fault, which trying again does not mend.
    if (!(error instanceof postgres.PostgresError) || !/^(?:22|23|54)/.test(error.code)) throw error;
    const message = `The rows of ${table.file} cannot be stored: ${error.message}.`;
    throw new AppError("invalid_input", message, { cause: error });
  }
}
