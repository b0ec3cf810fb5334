import type { ValueKind } from "../../expression/ValueType.ts";
import { resourceAlong } from "../expressions/resourceAlong.ts";
import { resourceTypes } from "../expressions/resourceTypes.ts";
import { spokenName } from "../naming/spokenName.ts";
import type { Aggregate, AggregateFunction, Model, Resource } from "../types.ts";
import { expressionWords } from "./expressionWords.ts";
import { sentenceList } from "./sentenceList.ts";

const leads: Readonly<Record<AggregateFunction, string>> = {
  count: "the number of",
  sum: "the sum of",
  avg: "the average of",
  min: "the least of",
  max: "the greatest of",
  exists: "whether there are any of",
  first: "the first of",
  list: "all of",
};

/** They are not great or small but late or early. */
const moments: readonly ValueKind[] = ["date", "timestamp", "time"];

/** An aggregate in words, as part of a sentence: `the sum of the amount of the deals for which the stage is won`. */
export function aggregateSentence(model: Model, resource: Resource, aggregate: Aggregate): string {
  const { function: of, path, field, where, order = [] } = aggregate;
  const records = `the ${path.map(spokenName).join("' ")}`;
  const value = field === undefined || of === "count" || of === "exists" ? "" : `the ${spokenName(field)} of `;
  const target = resourceAlong(model, resource, path);
  const member = target && field !== undefined ? resourceTypes(model).of(target.name)?.members.get(field) : undefined;
  const isMoment = member?.kind === "field" && moments.includes(member.type.kind);
  const lead = isMoment && of === "min" ? "the earliest of" : isMoment && of === "max" ? "the latest of" : leads[of];
  const condition =
    where === undefined || !target
      ? ""
      : ` for which ${expressionWords(model, { resource: target.name, text: where })}`;
  const orders = order.map(({ name, descending }) => `${spokenName(name)}${descending ? " from the last" : ""}`);
  return `${lead} ${value}${records}${condition}${orders.length === 0 ? "" : `, by ${sentenceList(orders)}`}`;
}
