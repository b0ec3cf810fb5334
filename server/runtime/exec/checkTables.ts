import type { Catalog } from "#lib/plan/catalog/Catalog.ts";
import type { Database } from "./Database.ts";

const query = `
  select class.relname, att.attname
  from pg_class class
  join pg_attribute att on att.attrelid = class.oid and att.attnum > 0 and not att.attisdropped
  where class.relnamespace = 'public'::regnamespace and class.relkind in ('r', 'p', 'v')
    and class.relname in (select json_array_elements_text($1::json))`;

/** What a model needs that its database has not, in the model's own words; empty when it can be served. */
export async function missingParts(catalog: Catalog, database: Database): Promise<readonly string[]> {
  const entities = [...catalog.entities.values()];
  const joins = entities.flatMap(({ resource }) => resource.relationships.filter(({ kind }) => kind === "manyToMany"));
  const tables = new Set(entities.map(({ resource }) => resource.table));
  for (const join of joins) if (join.kind === "manyToMany") tables.add(join.table);
  const found = new Set((await database.inspect(query, [[...tables]])).map(([table, column]) => `${table}.${column}`));
  const missing: string[] = [];
  for (const { name, resource, fields } of entities) {
    for (const field of fields.values()) {
      if (!found.has(`${resource.table}.${field.column}`)) missing.push(`${name}.${field.name}`);
    }
    for (const relationship of resource.relationships) {
      if (relationship.kind !== "manyToMany") continue;
      const columns = [relationship.sourceColumn, relationship.targetColumn];
      if (columns.some((column) => !found.has(`${relationship.table}.${column}`))) {
        missing.push(`${name}.${relationship.name}`);
      }
    }
  }
  return missing;
}
