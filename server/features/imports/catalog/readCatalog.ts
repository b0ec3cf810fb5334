import type {
  Catalog,
  CatalogCheck,
  CatalogColumn,
  CatalogForeignKey,
  CatalogIndex,
  CatalogKey,
  CatalogTable,
  CatalogUnique,
  TableName,
} from "./Catalog.ts";
import { readOthers } from "./readOthers.ts";
import { notOfExtension, ownSchema, type SourceSession } from "./SourceSession.ts";

/** Reads what a database holds outside PostgreSQL's own schemas. Reads catalogs only, no rows. */
export async function readCatalog(sql: SourceSession): Promise<Catalog> {
  const columns = grouped(await readColumns(sql), columnOf);
  const constraints = await readConstraints(sql);
  const indexes = grouped(await readIndexes(sql), ({ name, unique, columns: list, definition, nullsNotDistinct }) => ({
    ...{ name, unique, columns: list, definition, nullsNotDistinct },
  }));
  const foreignKeys = grouped(await readForeignKeys(sql), foreignKeyOf);
  const tables = (await readTables(sql)).map(({ oid, ...table }): CatalogTable => {
    const own = constraints.filter((constraint) => constraint.table === oid);
    const of = (kind: string) => own.filter((constraint) => constraint.kind === kind);
    const free = indexes.get(oid) ?? [];
    const isWhole = (index: CatalogIndex) => index.unique && index.columns !== null;
    return {
      ...table,
      columns: columns.get(oid) ?? [],
      primaryKey: of("p").map(keyOf)[0] ?? null,
      uniques: [...of("u").map(uniqueOf), ...free.filter(isWhole).map(uniqueIndexOf)],
      foreignKeys: foreignKeys.get(oid) ?? [],
      checks: of("c").map(({ name, expression }): CatalogCheck => ({ name, expression: expression ?? "" })),
      indexes: free.filter((index) => !isWhole(index)).map(({ nullsNotDistinct: _, ...index }) => index),
      exclusions: of("x").map(({ name }) => name),
    };
  });
  return { tables, others: await readOthers(sql) };
}

interface Row {
  readonly table: number;
}

function grouped<From extends Row, To>(rows: readonly From[], convert: (row: From) => To): Map<number, To[]> {
  const groups = new Map<number, To[]>();
  for (const row of rows) {
    const group = groups.get(row.table);
    if (group) group.push(convert(row));
    else groups.set(row.table, [convert(row)]);
  }
  return groups;
}

type TableRow = Omit<
  CatalogTable,
  "columns" | "primaryKey" | "uniques" | "foreignKeys" | "checks" | "indexes" | "exclusions"
> & { readonly oid: number };

function readTables(sql: SourceSession): PromiseLike<readonly TableRow[]> {
  return sql<TableRow[]>`
    select c.oid::int8::float8 as oid, nspname as schema, relname as name,
      case when relispartition then 'partition' when relkind = 'p' then 'partitioned'
        when relkind = 'f' then 'foreign' else 'table' end as kind,
      (select coalesce(json_agg(json_build_object('schema', pn.nspname, 'name', p.relname) order by inhseqno), '[]')
        from pg_inherits join pg_class p on p.oid = inhparent join pg_namespace pn on pn.oid = p.relnamespace
        where inhrelid = c.oid) as parents,
      has_schema_privilege(n.oid, 'USAGE') and (has_table_privilege(c.oid, 'SELECT') or not exists (
        select from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped
          and not has_column_privilege(c.oid, attnum, 'SELECT'))) as readable,
      relrowsecurity as "rowSecurity",
      obj_description(c.oid, 'pg_class') as comment,
      (select coalesce(json_agg(tgname order by tgname), '[]') from pg_trigger
        where tgrelid = c.oid and not tgisinternal) as triggers,
      (select coalesce(json_agg(rulename order by rulename), '[]') from pg_rewrite where ev_class = c.oid) as rules,
      (select coalesce(json_agg(polname order by polname), '[]') from pg_policy where polrelid = c.oid) as policies
    from pg_class c join pg_namespace n on n.oid = relnamespace
    where relkind in ('r', 'p', 'f') and relpersistence <> 't' and ${ownSchema(sql)} and ${notOfExtension(sql, "pg_class", "c")}
    order by nspname, relname`;
}

interface ColumnRow extends Row {
  readonly name: string;
  readonly declared: string;
  readonly type: CatalogColumn["type"]["name"];
  readonly kind: CatalogColumn["type"]["kind"];
  readonly modifier: number;
  readonly labels: readonly string[];
  readonly domain: CatalogColumn["type"]["domain"];
  readonly notNull: boolean;
  readonly default: string | null;
  readonly numbered: boolean;
  readonly generated: boolean;
  readonly comment: string | null;
}

/** Domains are followed to the type underneath; the rules of all of them are gathered. */
function readColumns(sql: SourceSession): PromiseLike<readonly ColumnRow[]> {
  return sql<ColumnRow[]>`
    with recursive chain as (
      select oid as start, oid, typtype, typbasetype, typtypmod, typnotnull, 0 as depth from pg_type where typtype = 'd'
      union all
      select start, t.oid, t.typtype, t.typbasetype,
        case when t.typtype = 'd' then t.typtypmod else chain.typtypmod end, t.typnotnull, depth + 1
      from chain join pg_type t on t.oid = chain.typbasetype
    ), domains as (
      select start, max(oid) filter (where typtype <> 'd') as base,
        max(typtypmod) as modifier, bool_or(typnotnull) filter (where typtype = 'd') as "notNull",
        (select coalesce(json_agg(json_build_object('name', conname, 'expression', pg_get_expr(conbin, 0)) order by conname), '[]')
          from pg_constraint where contype = 'c' and contypid in (select c2.oid from chain c2 where c2.start = chain.start)) as checks
      from chain group by start
    )
    select c.oid::int8::float8 as table, attname as name, format_type(atttypid, atttypmod) as declared,
      t.typname as type,
      case when t.typcategory = 'A' and t.typelem <> 0 then 'array'
        else case t.typtype when 'e' then 'enum' when 'c' then 'composite' when 'r' then 'range' when 'm' then 'range'
          else 'base' end end as kind,
      case when d.start is null then atttypmod else d.modifier end as modifier,
      (select coalesce(json_agg(enumlabel order by enumsortorder), '[]') from pg_enum where enumtypid = t.oid) as labels,
      case when d.start is not null then json_build_object('name', format_type(d.start, null),
        'notNull', d."notNull", 'checks', d.checks) end as domain,
      attnotnull as "notNull",
      case when attgenerated = '' then pg_get_expr(adbin, adrelid) end as default,
      attidentity <> '' or coalesce(pg_get_expr(adbin, adrelid) like 'nextval(%', false) as numbered,
      attgenerated <> '' as generated,
      col_description(c.oid, attnum) as comment
    from pg_class c join pg_namespace n on n.oid = relnamespace
    join pg_attribute on attrelid = c.oid
    left join domains d on d.start = atttypid
    join pg_type t on t.oid = coalesce(d.base, atttypid)
    left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where relkind in ('r', 'p', 'f') and attnum > 0 and not attisdropped and ${ownSchema(sql)}
    order by c.oid, attnum`;
}

function columnOf(row: ColumnRow): CatalogColumn {
  const { declared, kind, modifier, labels, domain } = row;
  return {
    name: row.name,
    type: { declared, name: row.type, kind, modifier, labels, domain },
    notNull: row.notNull || domain?.notNull === true,
    default: row.default,
    numbered: row.numbered,
    generated: row.generated,
    comment: row.comment,
  };
}

interface ConstraintRow extends Row {
  readonly kind: string;
  readonly name: string;
  readonly columns: readonly string[];
  readonly expression: string | null;
  readonly nullsNotDistinct: boolean;
}

function readConstraints(sql: SourceSession): PromiseLike<readonly ConstraintRow[]> {
  return sql<ConstraintRow[]>`
    select conrelid::int8::float8 as table, contype as kind, conname as name, ${columnNames(sql, "conrelid", "conkey")} as columns,
      pg_get_expr(conbin, conrelid) as expression,
      coalesce((select pg_get_indexdef(conindid) like '%NULLS NOT DISTINCT%'), false) as "nullsNotDistinct"
    from pg_constraint where contype in ('p', 'u', 'c', 'x') and conrelid <> 0 order by conname`;
}

function keyOf({ name, columns }: ConstraintRow): CatalogKey {
  return { name, columns };
}

function uniqueOf({ name, columns, nullsNotDistinct }: ConstraintRow): CatalogUnique {
  return { name, columns, nullsNotDistinct };
}

interface ForeignKeyRow extends Row {
  readonly name: string;
  readonly columns: readonly string[];
  readonly targetSchema: string;
  readonly targetTable: string;
  readonly targetColumns: readonly string[];
  readonly onDelete: string;
  readonly onUpdate: string;
  readonly deferrable: boolean;
  readonly enforced: boolean;
}

/** Those that a partition has through its parent are the parent's. */
function readForeignKeys(sql: SourceSession): PromiseLike<readonly ForeignKeyRow[]> {
  return sql<ForeignKeyRow[]>`
    select conrelid::int8::float8 as table, conname as name, ${columnNames(sql, "conrelid", "conkey")} as columns,
      nspname as "targetSchema", relname as "targetTable", ${columnNames(sql, "confrelid", "confkey")} as "targetColumns",
      confdeltype as "onDelete", confupdtype as "onUpdate", condeferrable as deferrable,
      convalidated and coalesce(to_jsonb(pg_constraint) ->> 'conenforced', 'true') = 'true' as enforced
    from pg_constraint join pg_class target on target.oid = confrelid join pg_namespace on pg_namespace.oid = relnamespace
    where contype = 'f' and conparentid = 0 order by conname`;
}

function foreignKeyOf(row: ForeignKeyRow): CatalogForeignKey {
  const target: TableName = { schema: row.targetSchema, name: row.targetTable };
  const { name, columns, deferrable, enforced } = row;
  return {
    ...{ name, columns, deferrable, enforced },
    target: { ...target, columns: row.targetColumns },
    onDelete: actionOf(row.onDelete),
    onUpdate: actionOf(row.onUpdate),
  };
}

function actionOf(letter: string): CatalogForeignKey["onDelete"] {
  switch (letter) {
    case "r":
      return "restrict";
    case "c":
      return "cascade";
    case "n":
      return "setNull";
    case "d":
      return "setDefault";
    default:
      return "noAction";
  }
}

interface IndexRow extends Row, CatalogIndex {
  readonly nullsNotDistinct: boolean;
}

/** Only a whole B-tree over plain columns in the usual order of nulls and collation is a list of columns. */
function readIndexes(sql: SourceSession): PromiseLike<readonly IndexRow[]> {
  return sql<IndexRow[]>`
    select indrelid::int8::float8 as table, relname as name, indisunique as unique,
      case when amname = 'btree' and indpred is null and indexprs is null and indnatts = indnkeyatts
        and not exists (
          select from unnest(indoption::int2[], indclass::oid[], indcollation::oid[], indkey::int2[])
            as part(option, class, collation_id, attribute)
          join pg_opclass on pg_opclass.oid = class
          join pg_attribute on attrelid = indrelid and attnum = attribute
          where not opcdefault or option not in (0, 3) or (collation_id <> 0 and collation_id <> attcollation))
      then (
        select json_agg(json_build_object('name', attname, 'descending', option & 1 = 1) order by place)
        from unnest(indkey::int2[], indoption::int2[]) with ordinality as part(attribute, option, place)
        join pg_attribute on attrelid = indrelid and attnum = attribute
      ) end as columns,
      pg_get_indexdef(indexrelid) as definition,
      pg_get_indexdef(indexrelid) like '%NULLS NOT DISTINCT%' as "nullsNotDistinct"
    from pg_index join pg_class on pg_class.oid = indexrelid join pg_am on pg_am.oid = relam
    where indisvalid and not indisprimary
      and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))
    order by relname`;
}

function uniqueIndexOf({
  name,
  columns,
  nullsNotDistinct,
}: CatalogIndex & { nullsNotDistinct: boolean }): CatalogUnique {
  return { name, columns: (columns ?? []).map((column) => column.name), nullsNotDistinct };
}

function columnNames(sql: SourceSession, table: "conrelid" | "confrelid", numbers: "conkey" | "confkey") {
  return sql`(
    select coalesce(json_agg(attname order by place), '[]') from unnest(${sql(numbers)}) with ordinality as part(number, place)
    join pg_attribute on attrelid = ${sql(table)} and attnum = number)`;
}
