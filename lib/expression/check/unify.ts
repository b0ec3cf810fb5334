import type { Expression } from "../Expression.ts";
import { decimalType, listOf, nullType, sameType, textType } from "../types.ts";
import type { ValueType } from "../ValueType.ts";
import type { Checking } from "./Checking.ts";
import { coerce, isLiteralText } from "./coerce.ts";
import { type Origin, sameOrigin, type ValueTerm } from "./Term.ts";

export interface Unified extends CommonType {
  readonly expressions: readonly Expression[];
}

export interface CommonType {
  readonly type: ValueType;
  readonly origin: Origin | null;
}

/** Values as values of one type; `unfit` when there is none that all can be, which is left to the caller to report. */
export function unify(terms: readonly ValueTerm[], checking: Checking): Unified | "unfit" | "reported" {
  const wanted = commonType(terms);
  if (!wanted) return "unfit";
  const expressions: Expression[] = [];
  let reported = false;
  for (const { expression } of terms) {
    const coerced = coerce(expression, wanted, checking);
    if (coerced === "unfit") return coerced;
    if (coerced === "reported") reported = true;
    else expressions.push(coerced);
  }
  return reported ? "reported" : { expressions, ...wanted };
}

/** What values of these could all be; null when there is no such type. */
export function commonType(terms: readonly ValueTerm[]): CommonType | null {
  const said = terms.filter(({ expression }) => expression.type.kind !== "null");
  const [first] = said;
  if (!first) return { type: nullType, origin: null };
  // What is made of literal texts follows the others.
  const firm = said.filter(({ expression }) => !isLiteralText(expression) && !isEmptyList(expression));
  const [leader] = firm;
  if (!leader) return { type: first.expression.type, origin: null };
  const kinds = new Set(firm.map(({ expression }) => expression.type.kind));
  const { type } = leader.expression;
  if (type.kind === "choice" && kinds.size === 1) {
    const same = firm.every(({ origin, expression }) => isChoiceOf(leader, origin, expression.type));
    return same ? { type, origin: leader.origin } : { type: textType, origin: null };
  }
  if (type.kind === "list" && kinds.size === 1) return commonList(firm);
  if (kinds.size === 1) {
    // `bits` is not kept: what comes out may be any of them.
    return { type: type.kind === "integer" ? { kind: "integer" } : type, origin: leader.origin };
  }
  if ([...kinds].every((kind) => kind === "integer" || kind === "decimal")) return { type: decimalType, origin: null };
  if ([...kinds].every((kind) => kind === "text" || kind === "choice" || kind === "uuid")) {
    return { type: textType, origin: null };
  }
  return null;
}

function isChoiceOf(leader: ValueTerm, origin: Origin | null, type: ValueType): boolean {
  return sameType(leader.expression.type, type) && (leader.origin === origin || sameOrigin(leader.origin, origin));
}

function commonList(terms: readonly ValueTerm[]): CommonType | null {
  const items = terms.flatMap(({ expression, origin, start, end }) =>
    expression.type.kind === "list"
      ? [{ kind: "value" as const, expression: { ...expression, type: expression.type.of }, origin, start, end }]
      : [],
  );
  const of = commonType(items);
  return of && { type: listOf(of.type), origin: of.origin };
}

function isEmptyList({ type }: Expression): boolean {
  return type.kind === "list" && type.of.kind === "null";
}
