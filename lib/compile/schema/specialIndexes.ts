import type { Resource } from "../../model/types.ts";
import { quoteLiteral } from "../../sql/ddl/quoteLiteral.ts";
import type { IndexColumn, ModelPath } from "../../sql/ddl/Schema.ts";
import { quoteIdentifier } from "../../sql/identifier.ts";

/** An index that its columns alone do not tell. */
export interface SpecialIndex {
  readonly unique: boolean;
  readonly columns: readonly IndexColumn[];
  /** All that stands after the table. */
  readonly special: string;
  /** Of a unique one for some rows only: the condition alone. */
  readonly where?: string;
  readonly path: ModelPath;
}

/**
 * Unique among the records that are there: destroyed ones that are kept stand in nobody's way. Null for a resource that
 * keeps none, where a plain index does.
 */
export function uniqueAmongPresent(
  resource: Resource,
  { columns, path }: Pick<SpecialIndex, "columns" | "path">,
): SpecialIndex | null {
  const kept = resource.features?.softDelete;
  if (!kept) return null;
  const names = columns.map(({ name }) => quoteIdentifier(name)).join(", ");
  const where = `${quoteIdentifier(kept.column)} IS NULL`;
  return { unique: true, columns, special: `(${names}) WHERE ${where}`, where, path };
}

/** What full-text search looks in; the expression is that of `searchCondition`. */
export function searchIndex(resource: Resource, columnOf: (name: string) => string): SpecialIndex | null {
  const search = resource.features?.search;
  if (!search) return null;
  const columns = search.fields.map((name) => ({ name: columnOf(name), descending: false }));
  const texts = columns.map(({ name }) => `coalesce(${quoteIdentifier(name)}, '')`);
  const joined = texts.reduce((before, text) => `((${before} || ' ') || ${text})`);
  const special = `USING gin (to_tsvector(${quoteLiteral(search.language)}::regconfig, ${joined}))`;
  return { unique: false, columns, special, path: [resource.name, "features", "search"] };
}
