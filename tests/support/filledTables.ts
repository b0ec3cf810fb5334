import { is, SQL, sql } from "drizzle-orm";
import { getTableConfig, type PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Database } from "#db/client.ts";
import * as schema from "#db/schema/index.ts";
import { seal } from "#server/secrets/seal.ts";

type Row = Readonly<Record<string, unknown>>;

/** Values that something else reads: by table and column of the database. */
const fixed: Readonly<Record<string, unknown>> = {
  "projects.slug": "engine",
  "projects.state": "ready",
  "environments.name": "production",
  "environments.branch": "main",
  "deployments.state": "live",
  "memberships.role": "owner",
  "sso_connections.kind": "oidc",
};

/** Every table of the control plane's database by its name. */
export const tablesByName: ReadonlyMap<string, PgTable> = new Map(
  Object.values(schema)
    .filter((value) => is(value, PgTable))
    .map((table) => [getTableConfig(table).name, table]),
);

/**
 * One row in every table, all of one organisation: texts hold the marker wherever nothing else is asked of them, and
 * references lead to the other rows. Answers with the rows by their tables' names.
 */
export async function fillTables(db: Database, marker: string): Promise<ReadonlyMap<string, Row>> {
  const rows = new Map<string, Row>();
  for (const name of inOrder()) {
    const table = tablesByName.get(name);
    if (!table) throw new Error(`There is no table ${name}.`);
    const given = valuesOf(table, { marker, rows });
    const columns = Object.keys(given).map((column) => sql.identifier(column));
    const values = Object.values(given).map((value) => (is(value, SQL) ? value : sql`${value}`));
    // What triggers ask of rows is not what is asked of these.
    await db.execute(sql`alter table ${sql.identifier(name)} disable trigger user`);
    const [row] = await db.execute<Record<string, unknown>>(
      sql`insert into ${sql.identifier(name)} (${sql.join(columns, sql`, `)}) values (${sql.join(values, sql`, `)}) returning *`,
    );
    await db.execute(sql`alter table ${sql.identifier(name)} enable trigger user`);
    if (!row) throw new Error(`Nothing was inserted into ${name}.`);
    rows.set(name, row);
  }
  return rows;
}

/** Names of the tables, each after those that it has to refer to. */
function inOrder(): string[] {
  const placed: string[] = [];
  const place = (name: string, above: readonly string[]) => {
    const table = tablesByName.get(name);
    if (!table || placed.includes(name) || above.includes(name)) return;
    for (const { parent, column } of referencesOf(table)) if (column.notNull) place(parent, [...above, name]);
    placed.push(name);
  };
  for (const name of tablesByName.keys()) place(name, []);
  return placed;
}

function referencesOf(table: PgTable) {
  return getTableConfig(table).foreignKeys.flatMap((key) => {
    const { columns, foreignTable, foreignColumns } = key.reference();
    const [column, target] = [columns[0], foreignColumns[0]];
    return column && target ? [{ column, parent: getTableConfig(foreignTable).name, target: target.name }] : [];
  });
}

function valuesOf(
  table: PgTable,
  { marker, rows }: { readonly marker: string; readonly rows: ReadonlyMap<string, Row> },
): Record<string, unknown> {
  const { name, columns } = getTableConfig(table);
  const references = new Map(referencesOf(table).map((reference) => [reference.column.name, reference]));
  const values: Record<string, unknown> = {};
  for (const column of columns.filter(({ generated }) => generated === undefined)) {
    const place = `${name}.${column.name}`;
    const reference = references.get(column.name);
    const value =
      place in fixed
        ? fixed[place]
        : reference
          ? rows.get(reference.parent)?.[reference.target]
          : valueFor(column, `${marker}-${name}-${column.name}`.replaceAll("_", "-"));
    if (value !== undefined) values[column.name] = value;
  }
  return values;
}

function valueFor(column: PgColumn, text: string): unknown {
  if (column.hasDefault) return undefined;
  const [first] = column.enumValues ?? [];
  const sort = column.getSQLType();
  if (sort === "text") {
    if (first !== undefined) return column.notNull ? first : undefined;
    return column.name.endsWith("_sealed") ? seal(text) : column.name.includes("email") ? `${text}@example.com` : text;
  }
  if (!column.notNull) return undefined;
  if (sort === "uuid") return sql`uuidv7()`;
  if (sort.startsWith("timestamp")) return sql`now()`;
  if (sort === "date") return sql`current_date`;
  if (sort.startsWith("json")) return sql`${JSON.stringify({ marker: text })}::${sql.raw(sort)}`;
  if (sort === "text[]") return sql`array[${text}]`;
  if (sort.endsWith("[]")) return sql`${sql.raw(`'{}'::${sort}`)}`;
  if (sort === "boolean") return false;
  if (sort === "bytea") return sql`decode('00', 'hex')`;
  return 1;
}
