import type { ReadableField } from "#lib/plan/catalog/Catalog.ts";
import { partsOf } from "#lib/plan/catalog/partsOf.ts";
import { maxOperands } from "#lib/plan/read/limits.ts";
import { conditionOf, isQuestion, type Operator, operandType, takesList } from "#lib/plan/read/operators.ts";
import type { Condition } from "#lib/plan/types.ts";
import { isRefusal, readText, readValue, type ValueResult } from "#lib/plan/values/readValue.ts";
import type { FilterContext } from "./planFilter.ts";

/** `{gte: "10", lt: "20"}` on one field: all operators must hold. Which there are, the schema has seen to. */
export function planOperators(field: ReadableField, input: unknown, context: FilterContext): Condition | null {
  if (typeof input !== "object" || input === null) return null;
  const parts = partsOf(context.planning.catalog.model, field.type);
  const conditions = Object.entries(input).flatMap(([operator, operand]) => {
    const part = parts.get(operator);
    if (part) {
      const inner = { ...context, path: [...context.path, operator], place: `${context.place}.${operator}` };
      return planOperators(part, operand, inner) ?? [];
    }
    context.planning.countCondition();
    return planOperator(field, operator, operand, { ...context, place: `${context.place}.${operator}` }) ?? [];
  });
  return conditions.length > 1 ? { kind: "and", conditions } : (conditions[0] ?? null);
}

function planOperator(
  field: ReadableField,
  operator: string,
  operand: unknown,
  context: FilterContext,
): Condition | null {
  const { planning, path, place } = context;
  if (operand === null) {
    planning.refuse({ field: place, rule: "type", message: "Nothing compares with null; use isNull." });
    return null;
  }
  if (!isOperator(operator)) return null;
  if (isQuestion(operator)) return { kind: operator, path, negated: operand === false };
  if (takesList(operator)) {
    const operands = Array.isArray(operand) ? operand : [operand];
    if (operands.length > maxOperands) {
      planning.refuse({ field: place, rule: "maxItems", message: `Give at most ${maxOperands} values.` });
      return null;
    }
    const texts = operands.flatMap((item, index) => checked(field, item, `${place}.${index}`, context) ?? []);
    return conditionOf(operator, path, planning.parameters.add(texts));
  }
  const text = checked(field, operand, place, context);
  if (text === null) return null;
  return conditionOf(operator, path, planning.parameters.add(text));
}

/** The schema lets no other names through. */
function isOperator(name: string): name is Operator {
  return name !== "";
}

function checked(field: ReadableField, value: unknown, place: string, { planning }: FilterContext): string | null {
  const result = readOperand(field, value);
  if (!isRefusal(result)) return result.text;
  planning.refuse({ field: place, ...result });
  return null;
}

/** Keys come as IDs, which are text whatever the key is. */
function readOperand(field: ReadableField, value: unknown): ValueResult {
  const type = operandType(field.type);
  return typeof value === "string" ? readText(type, value) : readValue(type, value);
}
