import type { AttributeKind, AttributeType } from "../../../model/types.ts";
import type { MeasureFunction, TimeSpan } from "../../types.ts";
import { isSortable } from "../operators.ts";

export const measureFunctions = ["count", "countDistinct", "sum", "avg", "min", "max"] as const satisfies readonly [
  MeasureFunction,
  ...MeasureFunction[],
];

/** The functions over a field. */
export type FieldFunction = Exclude<MeasureFunction, "count">;

const timeSpans = ["year", "quarter", "month", "week", "day", "hour"] as const satisfies readonly TimeSpan[];

/** The spans of time that values of a type can be put into. */
export function spansOf({ kind }: Pick<AttributeType, "kind">): readonly TimeSpan[] {
  if (kind === "timestamp") return timeSpans;
  return kind === "date" ? timeSpans.filter((span) => span !== "hour") : [];
}

/** Whether records can be grouped by values of the kind, and its different values counted. */
export function isGroupable(kind: AttributeKind): boolean {
  return isSortable(kind);
}

const summed: readonly AttributeKind[] = ["integer", "bigint", "decimal", "money", "duration"];
const compared: readonly AttributeKind[] = [
  ...summed,
  "text",
  "email",
  "url",
  "phone",
  "sequence",
  "date",
  "timestamp",
  "time",
];

/** What a measure over values of a type comes out as; null where the function does not fit them. */
export function measureType(of: FieldFunction, type: AttributeType): AttributeType | null {
  switch (of) {
    case "countDistinct":
      return isGroupable(type.kind) ? { kind: "integer" } : null;
    case "sum":
      if (!summed.includes(type.kind)) return null;
      // Many integers of 64 bits need more than 64 bits.
      return type.kind === "integer" ? { kind: "bigint" } : exact(type);
    case "avg":
      return summed.includes(type.kind) ? exact(type) : null;
    case "min":
    case "max":
      return compared.includes(type.kind) ? type : null;
  }
}

/** Has more digits than what it is made of. */
function exact(type: AttributeType): AttributeType {
  return type.kind === "money" || type.kind === "duration" ? type : { kind: "decimal" };
}

/** Money that says its currency itself: amounts of different currencies do not add up and have no order. */
export function isAnyMoney(type: AttributeType): boolean {
  return type.kind === "money" && type.currency === undefined;
}
