import type postgres from "postgres";
import type {
  Column,
  ColumnType,
  ForeignKey,
  ForeignKeyRule,
  PrimaryKey,
  Schema,
  TableIndex,
} from "#lib/sql/ddl/Schema.ts";
import { tenantSchema } from "#lib/sql/ddl/statements.ts";
import { readDefault } from "./readDefault.ts";

/**
 * Reads the tables of an environment's database in the shape in which `modelToSchema` asks for them. What Gantry never
 * makes (views, partial indexes, keys over several columns) is not in it. The session must be in UTC.
 */
export async function introspect(sql: postgres.Sql | postgres.ReservedSql): Promise<Schema> {
  const columns = grouped(await readColumns(sql), columnOf);
  const primaryKeys = grouped(await readPrimaryKeys(sql), ({ name, columns }): PrimaryKey => ({ name, columns }));
  const foreignKeys = grouped(await readForeignKeys(sql), foreignKeyOf);
  const indexes = grouped(await readIndexes(sql), indexOf);
  const names = await sql<{ name: string }[]>`
    select relname as name from pg_class
    where relnamespace = ${tenantSchema}::regnamespace and relkind in ('r', 'p')`;
  const tables = names.map(({ name }) => ({
    name,
    columns: columns.get(name) ?? [],
    primaryKey: primaryKeys.get(name)?.[0] ?? { name: "", columns: [] },
    foreignKeys: foreignKeys.get(name) ?? [],
    indexes: indexes.get(name) ?? [],
  }));
  return { tables: tables.sort((one, other) => (one.name < other.name ? -1 : 1)) };
}

type Sql = postgres.Sql | postgres.ReservedSql;

interface ColumnRow {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly identity: boolean;
  readonly expression: string | null;
}

function readColumns(sql: Sql): PromiseLike<readonly ColumnRow[]> {
  return sql<ColumnRow[]>`
    select relname as table, attname as name, format_type(atttypid, atttypmod) as type, not attnotnull as nullable,
      attidentity <> '' as identity, pg_get_expr(adbin, adrelid) as expression
    from pg_class join pg_attribute on attrelid = pg_class.oid
    left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where relnamespace = ${tenantSchema}::regnamespace and relkind in ('r', 'p') and attnum > 0 and not attisdropped
    order by relname, attnum`;
}

function columnOf(row: ColumnRow): Column {
  const type = columnTypeOf(row.type);
  return {
    name: row.name,
    type,
    nullable: row.nullable,
    default: row.identity ? { kind: "identity" } : row.expression === null ? null : readDefault(row.expression, type),
  };
}

function columnTypeOf(printed: string): ColumnType {
  switch (printed) {
    case "text":
    case "integer":
    case "bigint":
    case "boolean":
    case "date":
    case "uuid":
    case "interval":
    case "jsonb":
      return { kind: printed };
    case "timestamp with time zone":
      return { kind: "timestamptz" };
    case "time without time zone":
      return { kind: "time" };
    case "numeric":
      return { kind: "numeric", limits: null };
  }
  const [, precision, scale] = /^numeric\((\d+),(-?\d+)\)$/.exec(printed) ?? [];
  if (precision === undefined || scale === undefined) return { kind: "other", sql: printed };
  return { kind: "numeric", limits: { precision: Number(precision), scale: Number(scale) } };
}

function readPrimaryKeys(sql: Sql): PromiseLike<readonly (PrimaryKey & { readonly table: string })[]> {
  return sql<(PrimaryKey & { table: string })[]>`
    select relname as table, conname as name, array(
      select attname::text from unnest(conkey) with ordinality as part(number, place)
      join pg_attribute on attrelid = conrelid and attnum = part.number order by place
    ) as columns
    from pg_constraint join pg_class on pg_class.oid = conrelid
    where contype = 'p' and relnamespace = ${tenantSchema}::regnamespace`;
}

interface ForeignKeyRow {
  readonly table: string;
  readonly name: string;
  readonly column: string;
  readonly target: string;
  readonly targetColumn: string;
  readonly rule: string;
  readonly validated: boolean;
}

function readForeignKeys(sql: Sql): PromiseLike<readonly ForeignKeyRow[]> {
  return sql<ForeignKeyRow[]>`
    select source.relname as table, conname as name, mine.attname as column, target.relname as target,
      theirs.attname as "targetColumn", confdeltype as rule, convalidated as validated
    from pg_constraint
    join pg_class source on source.oid = conrelid
    join pg_class target on target.oid = confrelid
    join pg_attribute mine on mine.attrelid = conrelid and mine.attnum = conkey[1]
    join pg_attribute theirs on theirs.attrelid = confrelid and theirs.attnum = confkey[1]
    where contype = 'f' and conparentid = 0 and cardinality(conkey) = 1
      and source.relnamespace = ${tenantSchema}::regnamespace and target.relnamespace = ${tenantSchema}::regnamespace
    order by source.relname, conname`;
}

const rules: Readonly<Record<string, ForeignKeyRule>> = { a: "restrict", r: "restrict", c: "cascade", n: "setNull" };

function foreignKeyOf(row: ForeignKeyRow): ForeignKey {
  return {
    name: row.name,
    column: row.column,
    target: { table: row.target, column: row.targetColumn },
    // SET DEFAULT is nothing that Gantry makes; what it is closest to keeps the rows.
    onDelete: rules[row.rule] ?? "setNull",
    validated: row.validated,
  };
}

interface IndexRow {
  readonly table: string;
  readonly name: string;
  readonly unique: boolean;
  readonly valid: boolean;
  readonly columns: readonly string[];
  readonly options: readonly number[];
}

function readIndexes(sql: Sql): PromiseLike<readonly IndexRow[]> {
  return sql<IndexRow[]>`
    select source.relname as table, made.relname as name, indisunique as unique, indisvalid and indisready as valid,
      array(
        select attname::text from unnest(indkey::int2[]) with ordinality as part(number, place)
        join pg_attribute on attrelid = indrelid and attnum = part.number order by place
      ) as columns,
      array(select option from unnest(indoption::int2[]) with ordinality as part(option, place) order by place) as options
    from pg_index
    join pg_class source on source.oid = indrelid
    join pg_class made on made.oid = indexrelid
    join pg_am on pg_am.oid = made.relam
    where source.relnamespace = ${tenantSchema}::regnamespace and not indisprimary and amname = 'btree'
      and indpred is null and indexprs is null and not indnullsnotdistinct and indnatts = indnkeyatts
    order by source.relname, made.relname`;
}

function indexOf(row: IndexRow): TableIndex {
  return {
    name: row.name,
    unique: row.unique,
    columns: row.columns.map((name, at) => ({ name, descending: ((row.options[at] ?? 0) & 1) === 1 })),
    valid: row.valid,
  };
}

function grouped<Row extends { readonly table: string }, Part>(
  rows: readonly Row[],
  read: (row: Row) => Part,
): ReadonlyMap<string, readonly Part[]> {
  return new Map([...Map.groupBy(rows, (row) => row.table)].map(([table, members]) => [table, members.map(read)]));
}
