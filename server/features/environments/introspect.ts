import type postgres from "postgres";
import { readMark } from "#lib/sql/ddl/columnMark.ts";
import { programMark } from "#lib/sql/ddl/programs.ts";
import type {
  Column,
  ColumnType,
  ForeignKey,
  ForeignKeyRule,
  PrimaryKey,
  Schema,
  SchemaFunction,
  Table,
  TableIndex,
  Trigger,
} from "#lib/sql/ddl/Schema.ts";
import { tenantSchema } from "#lib/sql/ddl/statements.ts";
import { readDefault } from "./readDefault.ts";

/**
 * Reads the tables of an environment's database in the shape in which `modelToSchema` asks for them. What Gantry never
 * makes (views, keys over several columns, functions and triggers without our mark) is not in it. The session must be in UTC.
 */
export async function introspect(sql: postgres.Sql | postgres.ReservedSql): Promise<Schema> {
  const columns = grouped(await readColumns(sql), columnOf);
  const primaryKeys = grouped(await readPrimaryKeys(sql), ({ name, columns }): PrimaryKey => ({ name, columns }));
  const foreignKeys = grouped(await readForeignKeys(sql), foreignKeyOf);
  const indexes = grouped(await readIndexes(sql), indexOf);
  const triggers = grouped(await readTriggers(sql), triggerOf);
  const names = await sql<{ name: string; comment: string | null }[]>`
    select relname as name, obj_description(oid, 'pg_class') as comment from pg_class
    where relnamespace = ${tenantSchema}::regnamespace and relkind in ('r', 'p')`;
  const tables = names.map(
    ({ name, comment }): Table => ({
      name,
      columns: columns.get(name) ?? [],
      primaryKey: primaryKeys.get(name)?.[0] ?? { name: "", columns: [] },
      foreignKeys: foreignKeys.get(name) ?? [],
      indexes: indexes.get(name) ?? [],
      triggers: triggers.get(name) ?? [],
      ...retirementOf(comment),
    }),
  );
  return {
    tables: tables.sort((one, other) => (one.name < other.name ? -1 : 1)),
    functions: (await readFunctions(sql)).map(functionOf),
  };
}

function retirementOf(comment: string | null): Pick<Table, "retired"> {
  const retired = readMark(comment)?.retired;
  return retired ? { retired } : {};
}

type Sql = postgres.Sql | postgres.ReservedSql;

interface ColumnRow {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly identity: boolean;
  readonly expression: string | null;
  readonly comment: string | null;
}

function readColumns(sql: Sql): PromiseLike<readonly ColumnRow[]> {
  return sql<ColumnRow[]>`
    select relname as table, attname as name, format_type(atttypid, atttypmod) as type, not attnotnull as nullable,
      attidentity <> '' as identity, pg_get_expr(adbin, adrelid) as expression,
      col_description(pg_class.oid, attnum) as comment
    from pg_class join pg_attribute on attrelid = pg_class.oid
    left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where relnamespace = ${tenantSchema}::regnamespace and relkind in ('r', 'p') and attnum > 0 and not attisdropped
    order by relname, attnum`;
}

function columnOf(row: ColumnRow): Column {
  const type = columnTypeOf(row.type);
  const mark = readMark(row.comment);
  return {
    name: row.name,
    type,
    nullable: row.nullable,
    default: row.identity ? { kind: "identity" } : row.expression === null ? null : readDefault(row.expression, type),
    ...(mark && { mark }),
    ...(mark?.form !== undefined && { form: mark.form }),
    ...(mark?.of !== undefined && { of: mark.of }),
  };
}

function columnTypeOf(printed: string): ColumnType {
  if (printed.endsWith("[]")) return { kind: "array", of: columnTypeOf(printed.slice(0, -2)) };
  switch (printed) {
    case "text":
    case "integer":
    case "bigint":
    case "boolean":
    case "date":
    case "uuid":
    case "interval":
    case "real":
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
  /** All after the table's name, where columns and their order do not say it all. */
  readonly special: string | null;
}

function readIndexes(sql: Sql): PromiseLike<readonly IndexRow[]> {
  return sql<IndexRow[]>`
    select source.relname as table, made.relname as name, indisunique as unique, indisvalid and indisready as valid,
      array(
        select attname::text from unnest(indkey::int2[]) with ordinality as part(number, place)
        join pg_attribute on attrelid = indrelid and attnum = part.number order by place
      ) as columns,
      case when amname <> 'btree' or indpred is not null or indexprs is not null or indnullsnotdistinct
        or indnatts <> indnkeyatts then substring(pg_get_indexdef(indexrelid) from ' USING .*$') end as special,
      array(select option from unnest(indoption::int2[]) with ordinality as part(option, place) order by place) as options
    from pg_index
    join pg_class source on source.oid = indrelid
    join pg_class made on made.oid = indexrelid
    join pg_am on pg_am.oid = made.relam
    where source.relnamespace = ${tenantSchema}::regnamespace and not indisprimary
    order by source.relname, made.relname`;
}

function indexOf(row: IndexRow): TableIndex {
  return {
    name: row.name,
    unique: row.unique,
    columns: row.columns.map((name, at) => ({ name, descending: ((row.options[at] ?? 0) & 1) === 1 })),
    ...(row.special !== null && { special: row.special }),
    valid: row.valid,
  };
}

interface TriggerRow {
  readonly table: string;
  readonly name: string;
  readonly comment: string;
}

function readTriggers(sql: Sql): PromiseLike<readonly TriggerRow[]> {
  return sql<TriggerRow[]>`
    select relname as table, tgname as name, obj_description(pg_trigger.oid, 'pg_trigger') as comment
    from pg_trigger join pg_class on pg_class.oid = tgrelid
    where relnamespace = ${tenantSchema}::regnamespace and not tgisinternal
      and starts_with(obj_description(pg_trigger.oid, 'pg_trigger'), ${programMark})
    order by relname, tgname`;
}

function triggerOf({ name, comment }: TriggerRow): Trigger {
  return { name, event: "", action: "", found: { print: comment.slice(programMark.length) } };
}

interface FunctionRow {
  readonly name: string;
  readonly comment: string;
  readonly tables: readonly string[];
}

function readFunctions(sql: Sql): PromiseLike<readonly FunctionRow[]> {
  return sql<FunctionRow[]>`
    select proname as name, obj_description(pg_proc.oid, 'pg_proc') as comment, array(
      select distinct relname::text from pg_trigger join pg_class on pg_class.oid = tgrelid where tgfoid = pg_proc.oid
    ) as tables
    from pg_proc
    where pronamespace = ${tenantSchema}::regnamespace and starts_with(obj_description(oid, 'pg_proc'), ${programMark})
    order by proname`;
}

function functionOf({ name, comment, tables }: FunctionRow): SchemaFunction {
  return { name, definition: "", found: { print: comment.slice(programMark.length), tables } };
}

function grouped<Row extends { readonly table: string }, Part>(
  rows: readonly Row[],
  read: (row: Row) => Part,
): ReadonlyMap<string, readonly Part[]> {
  return new Map([...Map.groupBy(rows, (row) => row.table)].map(([table, members]) => [table, members.map(read)]));
}
