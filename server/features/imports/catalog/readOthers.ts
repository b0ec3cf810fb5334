import type { CatalogObject } from "./Catalog.ts";
import { notOfExtension, ownSchema, type SourceSession } from "./SourceSession.ts";

/** What a database holds beside tables, so that a report can name it. */
export async function readOthers(sql: SourceSession): Promise<readonly CatalogObject[]> {
  return [
    ...(await relations(sql)),
    ...(await routines(sql)),
    ...(await types(sql)),
    ...(await sql<CatalogObject[]>`
      select 'extension' as kind, nspname as schema, extname as name
      from pg_extension join pg_namespace on pg_namespace.oid = extnamespace
      where extname <> 'plpgsql' order by extname`),
  ];
}

/** Sequences that belong to a column go with it. */
function relations(sql: SourceSession): PromiseLike<readonly CatalogObject[]> {
  return sql<CatalogObject[]>`
    select case relkind when 'v' then 'view' when 'm' then 'materializedView' else 'sequence' end as kind,
      nspname as schema, relname as name
    from pg_class c join pg_namespace on pg_namespace.oid = relnamespace
    where relkind in ('v', 'm', 'S') and relpersistence <> 't' and ${ownSchema(sql)}
      and ${notOfExtension(sql, "pg_class", "c")}
      and not (relkind = 'S' and exists (
        select from pg_depend where classid = 'pg_catalog.pg_class'::regclass and objid = c.oid
          and refobjsubid > 0 and deptype in ('a', 'i')))
      and not (relkind = 'S' and exists (
        select from pg_depend where refclassid = 'pg_catalog.pg_class'::regclass and refobjid = c.oid
          and classid = 'pg_catalog.pg_attrdef'::regclass))
    order by nspname, relname`;
}

function routines(sql: SourceSession): PromiseLike<readonly CatalogObject[]> {
  return sql<CatalogObject[]>`
    select case prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end as kind,
      nspname as schema, proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as name
    from pg_proc p join pg_namespace on pg_namespace.oid = pronamespace
    where ${ownSchema(sql)} and ${notOfExtension(sql, "pg_proc", "p")}
    order by nspname, proname`;
}

/** Enumerations, domains, composites and ranges that no column of a table uses; the others are seen with the columns. */
function types(sql: SourceSession): PromiseLike<readonly CatalogObject[]> {
  return sql<CatalogObject[]>`
    select 'type' as kind, nspname as schema, typname as name
    from pg_type t join pg_namespace on pg_namespace.oid = typnamespace
    where typtype in ('e', 'd', 'c', 'r') and ${ownSchema(sql)} and ${notOfExtension(sql, "pg_type", "t")}
      and (typrelid = 0 or exists (select from pg_class where pg_class.oid = typrelid and relkind = 'c'))
      and not exists (
        select from pg_attribute join pg_class on pg_class.oid = attrelid
        where relkind in ('r', 'p', 'f') and attnum > 0 and not attisdropped and atttypid in (t.oid, t.typarray))
    order by nspname, typname`;
}
