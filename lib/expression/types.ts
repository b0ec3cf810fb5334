import type { ValueType } from "./ValueType.ts";

export const nullType = { kind: "null" } as const satisfies ValueType;
export const booleanType = { kind: "boolean" } as const satisfies ValueType;
export const integerType = { kind: "integer" } as const satisfies ValueType;
export const decimalType = { kind: "decimal" } as const satisfies ValueType;
export const textType = { kind: "text" } as const satisfies ValueType;
export const uuidType = { kind: "uuid" } as const satisfies ValueType;
export const dateType = { kind: "date" } as const satisfies ValueType;
export const timeType = { kind: "time" } as const satisfies ValueType;
export const timestampType = { kind: "timestamp" } as const satisfies ValueType;
export const durationType = { kind: "duration" } as const satisfies ValueType;
export const moneyType = { kind: "money" } as const satisfies ValueType;

export function listOf(of: ValueType): ValueType {
  return { kind: "list", of };
}

/** Whether values of both types mean the same: of choices and objects, those with the same options or name. */
export function sameType(a: ValueType, b: ValueType): boolean {
  if (a.kind === "choice" && b.kind === "choice") {
    return a.options.length === b.options.length && a.options.every((option) => b.options.includes(option));
  }
  if (a.kind === "object" && b.kind === "object") return a.name === b.name;
  if (a.kind === "list" && b.kind === "list") return sameType(a.of, b.of);
  return a.kind === b.kind;
}
