import type { Expression } from "../../expression/Expression.ts";
import { partsOf } from "../../expression/partsOf.ts";
import { checkedExpression } from "../expressions/checkedExpression.ts";
import { computedFields, computedKey } from "../expressions/computedFields.ts";
import { expressionsOf } from "../expressions/expressionsOf.ts";
import type { Model } from "../types.ts";
import type { Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** The condition of a unique group is kept by an index, so it looks at the stored fields of its record alone. */
export const rowConditions: Rule = (draft, places) =>
  expressionsOf(draft)
    .filter(({ path }) => path[1] === "conditionalUniques")
    .flatMap((placed) => {
      const { expression } = checkedExpression(placed);
      const beyond = expression && beyondRow(expression, draft);
      if (!beyond) return [];
      const message = `What is unique is kept by an index of the record, so ${beyond} cannot stand here. Compare its own attributes.`;
      return [problemAt(places, { code: "not_here", path: placed.path, message })];
    });

function beyondRow(expression: Expression, model: Model): string | null {
  switch (expression.kind) {
    case "context":
      return `\`${expression.path.join(".")}\``;
    case "related":
      return "what other records say";
    case "field": {
      const { record, field } = expression;
      if (record.relationships.length > 0) return "what other records say";
      const computed = computedFields(model).get(computedKey(record.resource, field));
      return computed && computed.column === undefined ? `\`${field}\`, which is worked out,` : null;
    }
    default:
      for (const part of partsOf(expression)) {
        const found = beyondRow(part, model);
        if (found) return found;
      }
      return null;
  }
}
