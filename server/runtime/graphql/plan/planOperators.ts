import type { ReadableField } from "#lib/plan/catalog/Catalog.ts";
import { partsOf } from "#lib/plan/catalog/partsOf.ts";
import { maxOperands } from "#lib/plan/read/limits.ts";
import { conditionOf, isQuestion, type Operator, operandType, takesList } from "#lib/plan/read/operators.ts";
import type { Condition, ParameterValue } from "#lib/plan/types.ts";
import { isRefusal, readText, readValue, type ValueResult } from "#lib/plan/values/readValue.ts";
import { type CoercedValues, Held, valueAt } from "./Held.ts";
import type { ParameterSource } from "./ParameterSources.ts";
import type { FilterContext } from "./planFilter.ts";

/** `{gte: "10", lt: "20"}` on one field: all operators must hold. Which there are, the schema has seen to. */
export function planOperators(field: ReadableField, input: unknown, context: FilterContext): Condition | null {
  if (typeof input !== "object" || input === null || input instanceof Held) return null;
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
  if (isQuestion(operator)) return { kind: operator, path, negated: planning.pin(operand) === false };
  const source = takesList(operator) ? operandsSource(field, operand, context) : operandSource(field, operand, context);
  return source === null ? null : conditionOf(operator, path, planning.parameters.add(source));
}

/** The schema lets no other names through. */
function isOperator(name: string): name is Operator {
  return name !== "";
}

function operandSource(
  field: ReadableField,
  value: unknown,
  { planning, place }: FilterContext,
): ParameterSource | null {
  const result = readOperand(field, value instanceof Held ? value.value : value);
  if (isRefusal(result)) {
    planning.refuse({ field: place, ...result });
    return null;
  }
  if (!(value instanceof Held)) return result.text;
  return (variables) => {
    const latest = readOperand(field, valueAt(variables, value));
    return isRefusal(latest) ? undefined : latest.text;
  };
}

/** Several values: a list of the caller's, or a list in the document, of which some may be the caller's. */
function operandsSource(field: ReadableField, operand: unknown, context: FilterContext): ParameterSource | null {
  const { planning, place } = context;
  const given = operand instanceof Held ? operand.value : operand;
  const operands: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (operands.length > maxOperands) {
    planning.refuse({ field: place, rule: "maxItems", message: `Give at most ${maxOperands} values.` });
    return null;
  }
  const sources = operands.map((item, index) => operandSource(field, item, { ...context, place: `${place}.${index}` }));
  if (operand instanceof Held) {
    return (variables) => {
      const latest = valueAt(variables, operand);
      return Array.isArray(latest) && latest.length <= maxOperands ? readOperands(field, latest) : undefined;
    };
  }
  const known = sources.filter((source) => source !== null);
  return (variables) => listOf(known, variables);
}

function readOperands(field: ReadableField, values: readonly unknown[]): readonly string[] | undefined {
  const texts: string[] = [];
  for (const value of values) {
    const result = readOperand(field, value);
    if (isRefusal(result)) return undefined;
    texts.push(result.text);
  }
  return texts;
}

function listOf(sources: readonly ParameterSource[], variables: CoercedValues): ParameterValue | undefined {
  const texts: string[] = [];
  for (const source of sources) {
    const value = typeof source === "function" ? source(variables) : source;
    if (typeof value !== "string") return undefined;
    texts.push(value);
  }
  return texts;
}

/** Keys come as IDs, which are text whatever the key is. */
function readOperand(field: ReadableField, value: unknown): ValueResult {
  const type = operandType(field.type);
  return typeof value === "string" ? readText(type, value) : readValue(type, value);
}
