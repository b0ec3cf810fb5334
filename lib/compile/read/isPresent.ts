import type { Entity } from "../../plan/catalog/Catalog.ts";
import type { DeletedRecords } from "../../plan/types.ts";
import { column, isNotNull, isNull } from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";

/** Destroyed records that are kept are not there, unless someone asks for them; null where none are kept. */
export function isPresent({ resource }: Entity, alias: string, deleted: DeletedRecords = "hidden"): Expression | null {
  const kept = resource.features?.softDelete;
  if (!kept || deleted === "shown") return null;
  const since = column(alias, kept.column);
  return deleted === "only" ? isNotNull(since) : isNull(since);
}
