import type postgres from "postgres";
import type {
  Manifest,
  ManifestConstraint,
  ManifestIdentity,
  ManifestProgram,
  ManifestTable,
} from "../format/Manifest.ts";
import { qualified } from "./tableStatements.ts";

/** The app's tables and those of the runtime; the plans that ran. */
const keptSchemas = ["public", "gantry"] as const;

type Sql = postgres.Sql | postgres.TransactionSql;

export type TablesPart = Pick<
  Manifest,
  "at" | "transaction" | "schemas" | "tables" | "functions" | "constraints" | "indexes" | "triggers"
>;

/** Reads what the tables of an environment's database are like, with nothing left out that rows depend on. */
export async function readTables(sql: Sql): Promise<TablesPart> {
  // What is printed then names its schema.
  await sql`select set_config('search_path', '', true)`;
  const [now] = await sql<{ at: string; transaction: string }[]>`
    select to_json(now()) #>> '{}' as at, pg_snapshot_xmax(pg_current_snapshot())::text as transaction`;
  if (!now) throw new Error("The database does not tell the time.");
  const schemas = await sql<{ name: string }[]>`
    select nspname as name from pg_namespace where nspname = any(${[...keptSchemas]}) order by 1 desc`;
  return {
    ...now,
    schemas: schemas.map(({ name }) => name),
    tables: await readEach(sql),
    functions: await readFunctions(sql),
    constraints: await readConstraints(sql),
    indexes: await readIndexes(sql),
    triggers: await readTriggers(sql),
  };
}

interface TableRow {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly comment: string | null;
  readonly estimatedRows: number;
}

interface ColumnRow {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly default: string | null;
  readonly identity: string;
  readonly generated: string;
  readonly comment: string | null;
}

async function readEach(sql: Sql): Promise<readonly ManifestTable[]> {
  const tables = await sql<TableRow[]>`
    select pg_class.oid::text as oid, nspname as schema, relname as name,
      obj_description(pg_class.oid, 'pg_class') as comment, reltuples::float8 as "estimatedRows"
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = any(${[...keptSchemas]}) and relkind = 'r' order by nspname desc, relname`;
  const columns = await sql<ColumnRow[]>`
    select attrelid::text as table, attname as name, format_type(atttypid, atttypmod) as type,
      not attnotnull as nullable, pg_get_expr(adbin, adrelid) as default, attidentity as identity,
      attgenerated as generated, col_description(attrelid, attnum) as comment
    from pg_attribute join pg_class on pg_class.oid = attrelid
    join pg_namespace on pg_namespace.oid = relnamespace
    left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where nspname = any(${[...keptSchemas]}) and relkind = 'r' and attnum > 0 and not attisdropped
    order by attrelid, attnum`;
  const odd = columns.find(({ generated }) => generated !== "");
  if (odd) throw new Error(`The column ${odd.name} is generated, which is in no backup.`);
  const byTable = Map.groupBy(columns, ({ table }) => table);
  const found: ManifestTable[] = [];
  for (const { oid, ...table } of tables) {
    const own: ManifestTable["columns"][number][] = [];
    for (const { table: _, generated: __, identity, ...column } of byTable.get(oid) ?? []) {
      const numbers = identity === "" ? null : await readNumbers(sql, table, column.name);
      own.push({ ...column, identity: numbers && { always: identity === "a", ...numbers } });
    }
    found.push({ ...table, columns: own });
  }
  return found;
}

/** A sequence is of no snapshot, but it is never behind one that was taken before. */
async function readNumbers(
  sql: Sql,
  table: Pick<TableRow, "schema" | "name">,
  column: string,
): Promise<Omit<ManifestIdentity, "always">> {
  const [sequence] = await sql<
    { name: string }[]
  >`select pg_get_serial_sequence(${qualified(table)}, ${column}) as name`;
  const [numbers] = await sql.unsafe<{ last: string; called: boolean }[]>(
    `SELECT last_value::text AS last, is_called AS called FROM ${sequence?.name ?? ""}`,
  );
  if (!numbers) throw new Error(`The numbers of ${table.name}.${column} cannot be read.`);
  return numbers;
}

async function readFunctions(sql: Sql): Promise<readonly ManifestProgram[]> {
  return await sql<ManifestProgram[]>`
    select pg_get_functiondef(pg_proc.oid) as definition,
      'FUNCTION ' || pg_proc.oid::regprocedure as place, obj_description(pg_proc.oid, 'pg_proc') as comment
    from pg_proc join pg_namespace on pg_namespace.oid = pronamespace
    where nspname = any(${[...keptSchemas]}) and prokind = 'f' order by pg_proc.oid`;
}

/** Keys before those that refer to them. What says that a column is not null is with the column. */
async function readConstraints(sql: Sql): Promise<readonly ManifestConstraint[]> {
  return await sql<ManifestConstraint[]>`
    select nspname as schema, relname as table, conname as name, pg_get_constraintdef(pg_constraint.oid) as definition
    from pg_constraint join pg_class on pg_class.oid = conrelid join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = any(${[...keptSchemas]}) and contype in ('p', 'u', 'c', 'x', 'f')
    order by contype = 'f', nspname desc, relname, conname`;
}

async function readIndexes(sql: Sql): Promise<readonly string[]> {
  const found = await sql<{ definition: string }[]>`
    select pg_get_indexdef(indexrelid) as definition from pg_index
    join pg_class source on source.oid = indrelid join pg_namespace on pg_namespace.oid = source.relnamespace
    where nspname = any(${[...keptSchemas]}) and indisvalid
      and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))
    order by nspname desc, source.relname, indexrelid`;
  return found.map(({ definition }) => definition);
}

async function readTriggers(sql: Sql): Promise<readonly ManifestProgram[]> {
  return await sql<ManifestProgram[]>`
    select pg_get_triggerdef(pg_trigger.oid) as definition,
      format('TRIGGER %I ON %I.%I', tgname, nspname, relname) as place,
      obj_description(pg_trigger.oid, 'pg_trigger') as comment
    from pg_trigger join pg_class on pg_class.oid = tgrelid join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = any(${[...keptSchemas]}) and not tgisinternal order by relname, tgname`;
}
