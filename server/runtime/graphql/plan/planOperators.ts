import type { Field } from "#lib/plan/catalog/Catalog.ts";
import { maxOperands } from "#lib/plan/read/limits.ts";
import type { CompareOperator, Condition } from "#lib/plan/types.ts";
import { isRefusal, readText, readValue, type ValueResult } from "#lib/plan/values/readValue.ts";
import type { FilterContext } from "./planFilter.ts";

/** `{gte: "10", lt: "20"}` on one field: all operators must hold. Which there are, the schema has seen to. */
export function planOperators(field: Field, input: unknown, context: FilterContext): Condition | null {
  if (typeof input !== "object" || input === null) return null;
  const conditions = Object.entries(input).flatMap(([operator, operand]) => {
    context.planning.countCondition();
    return planOperator(field, operator, operand, { ...context, place: `${context.place}.${operator}` }) ?? [];
  });
  return conditions.length > 1 ? { kind: "and", conditions } : (conditions[0] ?? null);
}

function planOperator(field: Field, operator: string, operand: unknown, context: FilterContext): Condition | null {
  const { planning, path, place } = context;
  if (operand === null) {
    planning.refuse({ field: place, rule: "type", message: "Nothing compares with null; use isNull." });
    return null;
  }
  if (operator === "isNull") return { kind: "isNull", path, negated: operand === false };
  if (operator === "in" || operator === "notIn") {
    const operands = Array.isArray(operand) ? operand : [operand];
    if (operands.length > maxOperands) {
      planning.refuse({ field: place, rule: "maxItems", message: `Give at most ${maxOperands} values.` });
      return null;
    }
    const texts = operands.flatMap((item, index) => checked(field, item, `${place}.${index}`, context) ?? []);
    return { kind: "in", path, negated: operator === "notIn", parameter: planning.parameters.add(texts) };
  }
  const text = checked(field, operand, place, context);
  if (text === null) return null;
  return {
    kind: "compare",
    path,
    operator: operator as CompareOperator,
    parameter: planning.parameters.add(text),
  };
}

function checked(field: Field, value: unknown, place: string, { planning }: FilterContext): string | null {
  const result = readOperand(field, value);
  if (!isRefusal(result)) return result.text;
  planning.refuse({ field: place, ...result });
  return null;
}

/** Keys come as IDs, which are text whatever the key is. */
function readOperand(field: Field, value: unknown): ValueResult {
  return typeof value === "string" ? readText(field.type, value) : readValue(field.type, value);
}
