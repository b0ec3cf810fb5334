import type { AttributeType } from "../../model/types.ts";
import type { Names } from "./Names.ts";

/** Where a value stands: answered, given, or compared with. */
export type Side = "output" | "input" | "operand";

export interface Typed {
  /** The resource or value object that has it. */
  readonly owner: string;
  readonly name: string;
  readonly type: AttributeType;
}

/** The TypeScript type of a value as it travels in JSON, without null. */
export function valueType(typed: Typed, side: Side, names: Names): string {
  const { owner, name, type } = typed;
  switch (type.kind) {
    case "integer":
      return "number";
    case "boolean":
      return "boolean";
    case "bigint":
    case "decimal":
      return side === "output" ? "string" : "string | number";
    case "timestamp":
      return side === "output" ? "string" : "string | Date";
    case "json":
      return "unknown";
    case "choice":
      return names.choice(owner, name);
    case "money":
      // A query holds it as one text, such as `12.50 EUR`.
      return side === "operand" ? "string" : side === "input" ? "MoneyInput" : "Money";
    case "list":
      return listOf(valueType({ ...typed, type: type.of }, side, names));
    case "embed": {
      const own = side === "input" ? names.of(type.valueObject, "Input") : names.record(type.valueObject);
      return type.many ? listOf(own) : own;
    }
    case "file":
      return "StoredFile";
    case "vector":
      return "readonly number[]";
    default:
      return "string";
  }
}

export function listOf(type: string): string {
  return `readonly ${type.includes(" ") ? `(${type})` : type}[]`;
}
