import type { Catalog, Entity } from "#lib/plan/catalog/Catalog.ts";
import { followPath, isLost } from "#lib/plan/read/summary/followPath.ts";
import { spansOf } from "#lib/plan/read/summary/measureType.ts";
import type { SummaryPlanning } from "#lib/plan/read/summary/SummaryPlanning.ts";
import type { FieldPath, GroupRef, TimeSpan } from "#lib/plan/types.ts";

interface Grouping {
  readonly planning: SummaryPlanning;
  readonly catalog: Catalog;
  readonly entity: Entity;
}

/** `stage,createdAt.month,company.city`: the groups by the names that they were asked for by. */
export function readGroups(text: string | undefined, grouping: Grouping): ReadonlyMap<string, GroupRef> {
  const groups = new Map<string, GroupRef>();
  for (const name of text === undefined ? [] : text.split(",")) {
    const group = grouping.planning.group({ ...termOf(name.split("."), grouping), place: "group" });
    if (group !== null) groups.set(name, group);
  }
  return groups;
}

/** Dates and moments have no parts: what follows their name is a span of time. */
function termOf(path: FieldPath, { catalog, entity }: Grouping): { path: FieldPath; span?: TimeSpan } {
  const before = path.length > 1 ? followPath(catalog, entity, path.slice(0, -1)) : null;
  if (!before || isLost(before) || spansOf(before.field.type).length === 0) return { path };
  return { path: path.slice(0, -1), span: path.at(-1) as TimeSpan };
}
