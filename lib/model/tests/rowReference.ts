import type { RowReference, TestValue } from "../testTypes.ts";

/** Whether a value is the key of a given record; the reader refuses objects of JSON that look like it. */
export function isRowReference(value: TestValue): value is RowReference {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const [name, ...more] = Object.keys(value);
  return name === "row" && more.length === 0 && "row" in value && typeof value.row === "string";
}
