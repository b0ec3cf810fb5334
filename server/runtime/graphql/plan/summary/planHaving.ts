import type { Catalog, Entity } from "#lib/plan/catalog/Catalog.ts";
import { followPath, isLost } from "#lib/plan/read/summary/followPath.ts";
import type { FieldFunction } from "#lib/plan/read/summary/measureType.ts";
import { measureOperators } from "#lib/plan/read/summary/SummaryPlanning.ts";
import type { FieldPath, MeasureRef } from "#lib/plan/types.ts";
import { isRefusal, readText, readValue } from "#lib/plan/values/readValue.ts";
import { leavesOf } from "./leavesOf.ts";
import type { SummaryContext } from "./planSummary.ts";

/** `having: {count: {gte: 3}, sum: {amount: {gt: "100"}}}`: all of it must be true of a group. */
export function planHaving(input: unknown, context: SummaryContext): void {
  if (typeof input !== "object" || input === null) return;
  const { planning, summary, entity } = context;
  const endsAt = (path: FieldPath) => endsInValue(planning.catalog, entity, path);
  for (const [word, inner] of Object.entries(input)) {
    const place = `having.${word}`;
    if (word === "count") compare(summary.count(place), inner, { context, place });
    else {
      for (const { path, value, place: at } of leavesOf(inner, { place, planning, endsAt })) {
        compare(summary.measure(word as FieldFunction, { path, place: at }), value, { context, place: at });
      }
    }
  }
}

/** Money is compared as a whole, other values with parts by their parts. */
function endsInValue(catalog: Catalog, entity: Entity, path: FieldPath): boolean {
  const found = path.length > 0 ? followPath(catalog, entity, path) : null;
  return found !== null && !isLost(found) && found.field.type.kind !== "embed" && found.field.type.kind !== "file";
}

interface Comparing {
  readonly context: SummaryContext;
  readonly place: string;
}

function compare(measure: MeasureRef | null, input: unknown, { context, place }: Comparing): void {
  if (measure === null || typeof input !== "object" || input === null) return;
  const { planning, summary } = context;
  const type = summary.typeOf(measure);
  for (const [word, operand] of Object.entries(input)) {
    const at = `${place}.${word}`;
    const operator = measureOperators.find((each) => each === word);
    if (operator === undefined) {
      const message = `Groups cannot be compared by ${word}.`;
      planning.refuse({ field: at, rule: "operator", message, allowed: measureOperators });
      continue;
    }
    const result = typeof operand === "string" ? readText(type, operand) : readValue(type, operand);
    if (operand === null) planning.refuse({ field: at, rule: "type", message: "Nothing compares with null." });
    else if (isRefusal(result)) planning.refuse({ field: at, ...result });
    else summary.having({ measure, operator, parameter: planning.parameters.add(result.text), place: at });
  }
}
