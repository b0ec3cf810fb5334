import type { ReadableField } from "../../plan/catalog/Catalog.ts";
import { cursorVersion, orderSignature } from "../../plan/read/cursor.ts";
import type { CursorShape, OrderTerm } from "../../plan/types.ts";
import { and, binary, call, constant, isNotNull, isNull, logic, or, parameter, row, text } from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";
import { storedType } from "../storedType.ts";
import { canonicalText } from "./jsonValue.ts";

/** One term of an order as it stands in a query. */
export interface Term {
  readonly field: ReadableField;
  readonly expression: Expression;
  readonly descending: boolean;
  readonly nullable: boolean;
}

/**
 * The rows on one side of a cursor, in the order of the terms. Null counts as greater than every value, which is how
 * PostgreSQL orders by itself, so that plain indexes serve.
 */
export function beyond(terms: readonly Term[], cursor: CursorShape, side: "after" | "before"): Expression {
  const directed = terms.map((term, index): Bound => {
    const place = cursor[index] ?? null;
    const value = place === null ? null : parameter(place, storedType(term.field.type));
    return { ...term, value, greater: term.descending === (side === "before") };
  });
  return asRowComparison(directed) ?? termByTerm(directed);
}

interface Bound extends Term {
  readonly value: Expression | null;
  /** Whether the rows sought have greater values. */
  readonly greater: boolean;
}

/** `(a, b) < ($1, $2)` can be read off one index; right when all go one way and no null can be on that way. */
function asRowComparison(bounds: readonly Bound[]): Expression | null {
  const greater = bounds[0]?.greater ?? true;
  const values: Expression[] = [];
  for (const bound of bounds) {
    if (bound.value === null || bound.greater !== greater || (greater && bound.nullable)) return null;
    values.push(bound.value);
  }
  const symbol = greater ? ">" : "<";
  const left = bounds.map(({ expression }) => expression);
  const [only, value] = [left[0], values[0]];
  return bounds.length === 1 && only && value ? binary(only, symbol, value) : binary(row(left), symbol, row(values));
}

function termByTerm(bounds: readonly Bound[]): Expression {
  const ways = bounds.map((bound, index) => {
    const level = bounds.slice(0, index).map(equal);
    return and([...level, further(bound)]) ?? constant(false);
  });
  return or(ways);
}

function equal({ expression, value }: Bound): Expression {
  return value === null ? isNull(expression) : binary(expression, "=", value);
}

function further({ expression, value, greater, nullable }: Bound): Expression {
  if (value === null) return greater ? constant(false) : isNotNull(expression);
  if (!greater) return binary(expression, "<", value);
  const larger = binary(expression, ">", value);
  return nullable ? logic("or", [larger, isNull(expression)]) : larger;
}

/** The cursor of a row: opaque text that `readCursor` reads. */
export function cursorOf(resource: string, order: readonly OrderTerm[], terms: readonly Term[]): Expression {
  const values = terms.map(({ field, expression }) => canonicalText(field, expression));
  const signature = orderSignature(resource, order);
  const parts = call("json_build_array", text(cursorVersion), text(signature), ...values);
  const encoded = call(
    "encode",
    call("convert_to", { kind: "cast", operand: parts, type: "text" }, text("UTF8")),
    text("base64"),
  );
  return call("translate", encoded, text("+/=\n"), text("-_"));
}
