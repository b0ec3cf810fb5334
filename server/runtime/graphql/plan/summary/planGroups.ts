import type { FieldPath, TimeSpan } from "#lib/plan/types.ts";
import { oneLeafOf } from "./leavesOf.ts";
import type { SummaryContext } from "./planSummary.ts";

/** `groupBy: [{stage: VALUE}, {createdAt: MONTH}, {company: {city: VALUE}}]` */
export function planGroups(input: unknown, { planning, summary }: SummaryContext): void {
  for (const [index, item] of (Array.isArray(input) ? input : []).entries()) {
    const place = `groupBy.${index}`;
    const leaf = oneLeafOf(item, { place, planning });
    if (!leaf) continue;
    const { path } = leaf;
    if (groupOf(path, summary.groups) !== null) {
      planning.refuse({ field: leaf.place, rule: "repeated", message: "Group by each field once." });
    } else summary.group({ path, place: leaf.place, span: spanOf(leaf.value) });
  }
}

function spanOf(value: unknown): TimeSpan | undefined {
  return value === "VALUE" ? undefined : (String(value).toLowerCase() as TimeSpan);
}

/** Which group is made by a field, whatever the span of time. */
export function groupOf(path: FieldPath, groups: readonly { readonly path: FieldPath }[]): number | null {
  const name = path.join(".");
  const index = groups.findIndex((group) => group.path.join(".") === name);
  return index < 0 ? null : index;
}
