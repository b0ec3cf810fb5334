import { maxOrderTerms } from "#lib/plan/read/limits.ts";
import type { FieldFunction } from "#lib/plan/read/summary/measureType.ts";
import { oneLeafOf } from "./leavesOf.ts";
import { groupOf } from "./planGroups.ts";
import type { SummaryContext } from "./planSummary.ts";

/** `orderBy: [{count: DESC}, {sum: {amount: DESC}}, {key: {stage: ASC}}]` */
export function planSummaryOrder(input: unknown, { planning, summary }: SummaryContext): void {
  const items = Array.isArray(input) ? input : [];
  if (items.length > maxOrderTerms) {
    planning.refuse({ field: "orderBy", rule: "maxItems", message: `Order by at most ${maxOrderTerms} things.` });
    return;
  }
  for (const [index, item] of items.entries()) {
    const leaf = oneLeafOf(item, { place: `orderBy.${index}`, planning });
    if (!leaf) continue;
    const [word = "", ...path] = leaf.path;
    const { place } = leaf;
    const descending = leaf.value === "DESC";
    if (word === "key") {
      const group = groupOf(path, summary.groups);
      if (group !== null) summary.order({ kind: "group", group, descending }, place);
      else planning.refuse({ field: place, rule: "group", message: "Order by what groupBy names." });
    } else {
      const measure = word === "count" ? summary.count(place) : summary.measure(word as FieldFunction, { path, place });
      if (measure !== null) summary.order({ kind: "measure", measure, descending }, place);
    }
  }
}
