import { entityNamed, isComputed, readableOf } from "#lib/plan/catalog/Catalog.ts";
import type { Plan } from "#lib/plan/types.ts";
import type { ReadView } from "./expectedRead.ts";

/**
 * Whether the path of a filter or an order leads to nothing that shows in any record: from whichever resource of the
 * request it starts, since the refusal does not say.
 */
export function neverSeen({ catalog, eyes }: ReadView, { shape: { resource: root } }: Plan, path: string): boolean {
  const names = path.split(".");
  const starts = [root, ...[...catalog.entities.keys()].filter((name) => name !== root)];
  return starts.some((start) => {
    let at = [entityNamed(catalog, start)];
    let rows = eyes.all(start);
    for (const [index, name] of names.entries()) {
      const [entity] = at;
      if (!entity) return false;
      const relationship = entity.relationships.get(name);
      const field = readableOf(entity, name);
      if (relationship && !field) {
        const isMany = relationship.kind === "hasMany" || relationship.kind === "manyToMany";
        rows = rows.flatMap((row) => (isMany ? eyes.many(row, name) : (eyes.one(row, name) ?? [])));
        at = [entityNamed(catalog, relationship.target)];
        if (index === names.length - 1) return rows.length === 0;
      } else if (field) {
        const shows = rows.some((row) => eyes.mayField(row, name, "read") && (!isComputed(field) || true));
        return index === names.length - 1 && !shows;
      } else return false;
    }
    return false;
  });
}
