import type { Attribute, AttributeType } from "../../model/types.ts";
import type { ValueObjects } from "../../plan/catalog/partsOf.ts";
import { readAttribute } from "../../plan/values/readAttribute.ts";
import type { ColumnDefault, ColumnType } from "../../sql/ddl/Schema.ts";
import { canonicalJson } from "../canonicalJson.ts";
import { canonicalLiteral } from "./canonicalLiteral.ts";

/** The default that the database itself fills in. */
export function storageDefault(attribute: Attribute, type: ColumnType, model: ValueObjects = {}): ColumnDefault | null {
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
  if (isKeptOtherwise(attribute.type)) {
    const reading = readAttribute(attribute, value.value, model);
    return "text" in reading ? { kind: "literal", text: canonicalLiteral(reading.text, type) } : null;
  }
  const asJson = type.kind === "jsonb" || typeof value.value === "object";
  const text = asJson ? canonicalJson(value.value) : String(value.value);
  return { kind: "literal", text: canonicalLiteral(text, type) };
}

/** Whether the column holds another text than the canonical one of the model. */
function isKeptOtherwise({ kind }: AttributeType): boolean {
  return kind === "money" || kind === "duration" || kind === "list" || kind === "embed" || kind === "vector";
}
