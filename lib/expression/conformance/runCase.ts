import { checkExpression } from "../check/checkExpression.ts";
import { compareDecimals } from "../decimal/arithmetic.ts";
import { parseDecimalLiteral } from "../decimal/parseDecimal.ts";
import type { ExpressionScope } from "../ExpressionScope.ts";
import { contextEnvironment } from "../evaluate/EvaluationEnvironment.ts";
import { evaluate } from "../evaluate/evaluate.ts";
import { isDecimal, isList } from "../evaluate/kinds.ts";
import { parseDurationLiteral } from "../time/durationText.ts";
import { parseTimestamp } from "../time/timestampText.ts";
import type { Value } from "../Value.ts";
import type { ValueType } from "../ValueType.ts";
import type { ConformanceCase, ConformanceType, ConformanceValue } from "./ConformanceCase.ts";

/** Runs a case; null when it comes out as it should, else what came out instead. */
export function runCase(test: ConformanceCase): string | null {
  const context = contextOf(test);
  if (!context) return "a variable of a type that is not known";
  const scope: ExpressionScope = { resource: null, context: context.types, resources: { of: () => null } };
  const { expression, problems } = checkExpression(test.expr, scope);
  const isError = test.evalError !== undefined;
  if (!expression) return isError ? null : (problems[0]?.message ?? "refused");
  const environment = contextEnvironment(([name = ""]) => context.values.get(name) ?? null);
  const value = evaluate(expression, environment);
  // Where CEL has an error there is no value, which is null here.
  if (isError) return value === null ? null : `${show(value)} in place of an error`;
  const expected = test.value ?? { boolValue: true };
  return isSame(value, expected) ? null : `${show(value)} in place of ${JSON.stringify(expected)}`;
}

interface Context {
  readonly types: Map<string, ValueType>;
  readonly values: Map<string, Value>;
}

function contextOf({ typeEnv = [], bindings = {} }: ConformanceCase): Context | null {
  const context: Context = { types: new Map(), values: new Map() };
  for (const { name, ident } of typeEnv) {
    const type = ident && typeOf(ident.type);
    if (!type) return null;
    context.types.set(name, type);
  }
  for (const [name, { value }] of Object.entries(bindings)) {
    const known = value && knownValue(value);
    if (known === undefined) return null;
    context.values.set(name, known);
  }
  return context;
}

function typeOf(type: ConformanceType): ValueType | null {
  if (type.listType) {
    const of = typeOf(type.listType.elemType);
    return of && { kind: "list", of };
  }
  if ("null" in type) return { kind: "null" };
  switch (type.primitive ?? type.wellKnown ?? type.messageType) {
    case "BOOL":
      return { kind: "boolean" };
    case "INT64":
    case "UINT64":
      return { kind: "integer" };
    case "STRING":
      return { kind: "text" };
    case "DOUBLE":
      return { kind: "decimal" };
    case "TIMESTAMP":
    case "google.protobuf.Timestamp":
      return { kind: "timestamp" };
    case "DURATION":
    case "google.protobuf.Duration":
      return { kind: "duration" };
    default:
      return null;
  }
}

/** Undefined for values of kinds that are not known. */
function knownValue(value: ConformanceValue): Value | undefined {
  if (value.boolValue !== undefined) return value.boolValue;
  if (value.int64Value !== undefined) return BigInt(value.int64Value);
  if (value.uint64Value !== undefined) return BigInt(value.uint64Value);
  if (value.stringValue !== undefined) return value.stringValue;
  if (value.doubleValue !== undefined) return parseDecimalLiteral(String(value.doubleValue)) ?? undefined;
  if ("nullValue" in value) return null;
  if (value.listValue) {
    const items = (value.listValue.values ?? []).map(knownValue);
    return items.includes(undefined) ? undefined : items.filter((item) => item !== undefined);
  }
  const { "@type": type, value: text } = value.objectValue ?? {};
  if (typeof text !== "string") return undefined;
  if (type?.endsWith("Timestamp")) return parseTimestamp(text) ?? undefined;
  return type?.endsWith("Duration") ? (parseDurationLiteral(text) ?? undefined) : undefined;
}

function isSame(value: Value, expected: ConformanceValue): boolean {
  const wanted = knownValue(expected);
  return wanted !== undefined && same(value, wanted);
}

function same(a: Value, b: Value): boolean {
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, index) => same(item, b[index] ?? null));
  if (isDecimal(a) && isDecimal(b)) return compareDecimals(a, b) === 0;
  return a === b;
}

function show(value: Value): string {
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? inner.toString() : inner));
}
