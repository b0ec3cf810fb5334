import type { TestValue } from "#lib/model/testTypes.ts";
import type { JsonValue } from "#lib/model/types.ts";

/** A value of a test as it is typed into a field: texts as they are, records by `@name`, the rest as JSON. */
export function typedValueText(value: TestValue): string {
  if (value === null) return "";
  if (typeof value === "string") return value;
  if (typeof value === "object" && "row" in value && typeof value.row === "string") return `@${value.row}`;
  return JSON.stringify(value);
}

interface Typed {
  readonly rows: readonly string[];
  /** What it was: a text stays one, though it looks like a number. */
  readonly before: TestValue;
}

export function readTypedValue(text: string, { rows, before }: Typed): TestValue {
  if (text === "") return null;
  if (text.startsWith("@") && rows.includes(text.slice(1))) return { row: text.slice(1) };
  if (typeof before === "string") return text;
  const json = parsed(text);
  return json === undefined ? text : json;
}

function parsed(text: string): JsonValue | undefined {
  if (!/^(?:true|false|null|-?\d+|[[{].*)$/s.test(text)) return undefined;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
