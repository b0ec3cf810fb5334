import type { Catalog, Entity, Field } from "#lib/plan/catalog/Catalog.ts";

/** Whether the app keeps anything encrypted at all. */
export function hasEncrypted({ entities }: Catalog): boolean {
  return [...entities.values()].some((entity) => [...entity.fields.values()].some(isEncrypted));
}

export function isEncrypted({ type }: Pick<Field, "type">): boolean {
  return type.kind === "encrypted";
}

/** What a sealed value is bound to: stored names, which outlive renames. */
export function placeOf({ resource }: Entity, { column }: Field): string {
  return `${resource.table}.${column}`;
}
