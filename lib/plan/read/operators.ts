import type { AttributeKind } from "../../model/types.ts";
import type { CompareOperator, TextOperator } from "../types.ts";

export type Operator = CompareOperator | "in" | "notIn" | "isNull";

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
  money: ["isNull"],
  list: ["isNull"],
  embed: ["isNull"],
  file: ["isNull"],
  sequence: [...ordered, ...textual],
  vector: ["isNull"],
  encrypted: ["isNull"],
};

/** The operators that a filter may use on values of the kind, in the order of the documents. */
export function operatorsOf(kind: AttributeKind): readonly Operator[] {
  return byKind[kind];
}

/** Whether lists can be ordered by values of the kind. */
export function isSortable(kind: AttributeKind): boolean {
  return byKind[kind].includes("lt") || kind === "boolean" || kind === "choice";
}
