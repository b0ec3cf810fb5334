import type { AttributeKind, AttributeType } from "../../model/types.ts";
import type { CompareOperator, Condition, FieldPath, ParameterRef, TextOperator } from "../types.ts";

export type Operator = CompareOperator | "in" | "notIn" | "isNull" | "has" | "hasAny" | "isEmpty";

const equality = ["eq", "ne", "in", "notIn", "isNull"] as const satisfies readonly Operator[];
const ordered = ["eq", "ne", "lt", "lte", "gt", "gte", "in", "notIn", "isNull"] as const satisfies readonly Operator[];
const textual = [
  "contains",
  "startsWith",
  "endsWith",
  "ieq",
  "icontains",
  "istartsWith",
  "iendsWith",
] as const satisfies readonly TextOperator[];

const byKind: Readonly<Record<AttributeKind, readonly Operator[]>> = {
  text: [...ordered, ...textual],
  integer: ordered,
  bigint: ordered,
  decimal: ordered,
  date: ordered,
  timestamp: ordered,
  uuid: ordered,
  boolean: ["eq", "ne", "isNull"],
  choice: equality,
  json: ["isNull"],
  time: ordered,
  duration: ordered,
  email: [...ordered, ...textual],
  url: [...ordered, ...textual],
  phone: [...ordered, ...textual],
  money: ordered,
  list: ["has", "hasAny", "isEmpty", "isNull"],
  embed: ["isNull"],
  file: ["isNull"],
  sequence: [...ordered, ...textual],
  vector: ["isNull"],
  encrypted: ["isNull"],
};

/** The operators that a filter may use on values of the type, in the order of the documents. */
export function operatorsOf(type: Pick<AttributeType, "kind"> & { readonly many?: true }): readonly Operator[] {
  return type.many ? ["isEmpty", "isNull"] : byKind[type.kind];
}

/** Operators that answer a yes or no themselves: their operand is true or false. */
export function isQuestion(operator: Operator): operator is "isNull" | "isEmpty" {
  return operator === "isNull" || operator === "isEmpty";
}

/** Operators whose operand is several values. */
export function takesList(operator: Operator): operator is "in" | "notIn" | "hasAny" {
  return operator === "in" || operator === "notIn" || operator === "hasAny";
}

/** The type of an operand, or of each one: that of the field, or of the items of a list. */
export function operandType(type: AttributeType): AttributeType {
  return type.kind === "list" ? type.of : type;
}

/** The condition that an operator on a field asks for; the operand of a question is its answer, and no parameter. */
export function conditionOf(
  operator: Exclude<Operator, "isNull" | "isEmpty">,
  path: FieldPath,
  parameter: ParameterRef,
): Condition {
  switch (operator) {
    case "in":
    case "notIn":
      return { kind: "in", path, negated: operator === "notIn", parameter };
    case "has":
    case "hasAny":
      return { kind: operator, path, parameter };
    default:
      return { kind: "compare", path, operator, parameter };
  }
}

/** Whether lists can be ordered by values of the kind. */
export function isSortable(kind: AttributeKind): boolean {
  return byKind[kind].includes("lt") || kind === "boolean" || kind === "choice";
}
