import type { GroupMember, GroupRef, SummaryMember } from "#lib/plan/types.ts";
import type { ShownMeasure } from "./readMeasures.ts";

/** `{"data": [{"group": {…}, "count": 3, "sum": {"amount": "12.50"}}], "truncated": false}` */
export function summaryOutput(
  groups: ReadonlyMap<string, GroupRef>,
  measures: readonly ShownMeasure[],
): readonly SummaryMember[] {
  const keys = [...groups].map(([as, group]): GroupMember => ({ kind: "key", as, group }));
  const byFunction = Map.groupBy(measures, (measure) => measure.function);
  const shown = [...byFunction].map(([as, each]): GroupMember => {
    const [first] = each;
    if (as === "count" && first) return { kind: "measure", as, measure: first.measure };
    const members = each.map(({ field, measure }): GroupMember => ({ kind: "measure", as: field, measure }));
    return { kind: "object", as, members };
  });
  return [
    { kind: "groups", as: "data", members: [{ kind: "object", as: "group", members: keys }, ...shown] },
    { kind: "truncated", as: "truncated" },
  ];
}
