import type { Attribute } from "../../model/types.ts";
import type { ColumnDefault, ColumnType } from "../../sql/ddl/Schema.ts";
import { canonicalJson } from "../canonicalJson.ts";
import { canonicalLiteral } from "./canonicalLiteral.ts";

/** The default that the database itself fills in. */
export function storageDefault(attribute: Attribute, type: ColumnType): ColumnDefault | null {
  const value = attribute.default;
  if (!value) return null;
  if (value.kind === "generated") return { kind: "identity" };
  // Worked out by the runtime.
  if (value.kind === "expression") return null;
  if (value.kind !== "literal") return { kind: value.kind };
  if (value.value === null) return null;
  if (attribute.type.kind === "choice") {
    const option = attribute.type.options.find(({ name }) => name === value.value);
    return option ? { kind: "literal", text: option.stored } : null;
  }
  const asJson = type.kind === "jsonb" || typeof value.value === "object";
  const text = asJson ? canonicalJson(value.value) : String(value.value);
  return { kind: "literal", text: canonicalLiteral(text, type) };
}
