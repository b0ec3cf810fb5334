import type { Expression } from "../../expression/Expression.ts";
import { partsOf } from "../../expression/partsOf.ts";
import { checkedExpression } from "../expressions/checkedExpression.ts";
import type { ComputedField } from "../expressions/computedFields.ts";
import { computedFields } from "../expressions/computedFields.ts";
import type { Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** What is stored depends on records alone: neither on who asks nor on when. */
export const storedFields: Rule = (draft, places) => {
  const fields = computedFields(draft);
  return [...fields.values()].flatMap((field) => {
    if (field.column === undefined) return [];
    const fleeting = fleetingIn(field, fields, new Set());
    if (fleeting === null) return [];
    const message = `\`${field.name}\` is stored, so it cannot depend on \`${fleeting}\`, which changes without a change of a record. Leave \`stored\` out.`;
    return [problemAt(places, { code: "stored_fleeting", path: [...field.path, "stored"], message })];
  });
};

/** What of the context a field depends on, as it is written; null for none. */
function fleetingIn(
  field: ComputedField,
  fields: ReadonlyMap<string, ComputedField>,
  seen: Set<ComputedField>,
): string | null {
  if (seen.has(field)) return null;
  seen.add(field);
  for (const placed of field.expressions) {
    const { expression } = checkedExpression(placed);
    const found = expression && contextIn(expression);
    if (found) return found;
  }
  for (const use of field.uses) {
    const used = fields.get(use);
    const found = used ? fleetingIn(used, fields, seen) : null;
    if (found) return found;
  }
  return null;
}

function contextIn(expression: Expression): string | null {
  if (expression.kind === "context") {
    const [root = ""] = expression.path;
    return root === "now" || root === "today" ? `${root}()` : expression.path.join(".");
  }
  for (const part of partsOf(expression)) {
    const found = contextIn(part);
    if (found) return found;
  }
  return null;
}
