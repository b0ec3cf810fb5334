import type { ValueKind, ValueType } from "./ValueType.ts";

const words: Readonly<Record<ValueKind, string>> = {
  null: "null",
  boolean: "true or false",
  integer: "a whole number",
  decimal: "a decimal number",
  text: "a text",
  uuid: "a UUID",
  date: "a date",
  time: "a time of day",
  timestamp: "a moment",
  duration: "a length of time",
  choice: "a choice",
  money: "money",
  json: "json",
  list: "a list",
  object: "an object",
  record: "a record",
  records: "several records",
};

/** A type as it stands in sentences: “a text”, “a list of dates” is “a list (a date each)”. */
export function typeWords(type: ValueType): string {
  if (type.kind === "list" && type.of.kind !== "null") return `a list (${typeWords(type.of)} each)`;
  if (type.kind === "object") return `an ${type.name}`.replace(/^an (?=[^AEIOUaeiou])/, "a ");
  return words[type.kind];
}

export function kindWords(kind: ValueKind): string {
  return words[kind];
}
