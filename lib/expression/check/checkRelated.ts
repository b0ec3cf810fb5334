import type { RelatedFunction } from "../Expression.ts";
import type { CallSyntax, SyntaxNode } from "../parse/SyntaxNode.ts";
import { booleanType, decimalType, integerType, listOf } from "../types.ts";
import { typeWords } from "../typeWords.ts";
import type { ValueType } from "../ValueType.ts";
import { checkCondition, checkValue } from "./asValue.ts";
import type { Checking } from "./Checking.ts";
import { hasOrder } from "./checkComparison.ts";
import { relatedTerm } from "./relatedTerm.ts";
import type { Sight } from "./Sight.ts";
import type { ColumnTerm, RecordsTerm, ValueTerm } from "./Term.ts";

export const relatedFunctions: ReadonlySet<string> = new Set<RelatedFunction>([
  "exists",
  "all",
  "count",
  "sum",
  "avg",
  "min",
  "max",
  "first",
  "list",
]);

export function isRelatedFunction(name: string): name is RelatedFunction {
  return relatedFunctions.has(name);
}

interface RelatedCall {
  readonly node: CallSyntax;
  readonly name: RelatedFunction;
  readonly of: RecordsTerm | ColumnTerm;
  /** After the records. */
  readonly rest: readonly SyntaxNode[];
}

/** `exists(activities, at > now())`, `sum(lines.amount)`: inside, bare names are members of the related record. */
export function checkRelated(call: RelatedCall, sight: Sight, checking: Checking): ValueTerm | null {
  switch (call.name) {
    case "exists":
    case "all":
    case "count":
      return quantifier(call, sight, checking);
    default:
      return aggregate(call, sight, checking);
  }
}

function quantifier({ node, name, of, rest }: RelatedCall, sight: Sight, checking: Checking): ValueTerm | null {
  if (of.kind === "column") {
    const message = `\`${name}\` asks of records. Give it the records and a condition, as in \`${name}(lines, price > 0)\`.`;
    return checking.problem("wrong_type", message, of);
  }
  const inner = { ...sight, record: { root: of.variable, resource: of.resource } };
  const [condition, ...more] = rest;
  if (more.length > 0 || (name === "all" && !condition)) {
    const usage = name === "all" ? "all(records, condition)" : `${name}(records)\` or \`${name}(records, condition)`;
    return checking.problem("wrong_count", `Write \`${usage}\`.`, node);
  }
  const where = condition ? checkCondition(condition, inner, checking) : null;
  if (condition && !where) return null;
  return relatedTerm(of, { function: name, type: name === "count" ? integerType : booleanType, where, at: node });
}

function aggregate({ node, name, of, rest }: RelatedCall, sight: Sight, checking: Checking): ValueTerm | null {
  const records = of.kind === "column" ? of.records : of;
  const inner = { ...sight, record: { root: records.variable, resource: records.resource } };
  const [valueNode, whereNode, ...more] = of.kind === "column" ? [null, ...rest] : rest;
  if (valueNode === undefined || more.length > 0) {
    return checking.problem(
      "wrong_count",
      `Write \`${name}(records.field)\` or \`${name}(records, value, condition)\`.`,
      node,
    );
  }
  const value = of.kind === "column" ? of.value : valueNode && checkValue(valueNode, inner, checking);
  const where = whereNode ? checkCondition(whereNode, inner, checking) : null;
  if (!value || (whereNode && !where)) return null;
  const type = resultType(name, value.expression.type);
  if (!type) {
    const message = `${checking.quote(value)} is ${typeWords(value.expression.type)}; \`${name}\` works on ${takes(name)}.`;
    return checking.problem("wrong_type", message, value);
  }
  const made = relatedTerm(records, { function: name, type, where, value: value.expression, at: node });
  return { ...made, origin: value.origin };
}

function resultType(name: RelatedFunction, of: ValueType): ValueType | null {
  switch (name) {
    case "sum":
      if (of.kind === "integer") return integerType;
      return of.kind === "decimal" || of.kind === "duration" ? of : null;
    case "avg":
      return of.kind === "integer" || of.kind === "decimal" ? decimalType : null;
    case "min":
    case "max":
      return hasOrder(of) && !["boolean", "uuid", "money", "null"].includes(of.kind) ? of : null;
    case "first":
      return isSingle(of) ? of : null;
    case "list":
      return isSingle(of) ? listOf(of) : null;
    case "exists":
    case "all":
    case "count":
      return null;
  }
}

function isSingle({ kind }: ValueType): boolean {
  return !["list", "object", "json", "record", "records", "null"].includes(kind);
}

function takes(name: RelatedFunction): string {
  switch (name) {
    case "sum":
      return "numbers and lengths of time (of money, on its `.amount`)";
    case "avg":
      return "numbers (of money, on its `.amount`)";
    case "min":
    case "max":
      return "numbers, texts, dates and moments";
    default:
      return "single values";
  }
}
