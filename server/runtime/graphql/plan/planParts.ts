import type { FieldNode } from "graphql";
import type { AttributeType } from "#lib/model/types.ts";
import { attributesOf, valueObjectNamed } from "#lib/plan/catalog/partsOf.ts";
import type { ValuePart } from "#lib/plan/types.ts";
import { collectFields } from "./collectFields.ts";
import type { Planning } from "./Planning.ts";

/** What is shown of a value object, of money or of a file; null for values that are shown as a whole. */
export function planParts(
  type: AttributeType,
  parents: readonly FieldNode[],
  planning: Planning,
): readonly ValuePart[] | null {
  const name = typeNameOf(type);
  if (name === null) return null;
  const attributes = type.kind === "embed" ? attributesOf(valueObjectNamed(planning.catalog.model, name)) : null;
  const fields = collectFields(
    parents.map(({ selectionSet }) => selectionSet),
    planning.fields,
  );
  return [...fields].map(([as, nodes]): ValuePart => {
    planning.countField();
    const part = nodes[0]?.name.value ?? "";
    if (part === "__typename") return { kind: "constant", as, value: name };
    const inner = attributes?.get(part);
    const parts = inner ? planParts(inner.type, nodes, planning) : null;
    return { kind: "part", as, part, ...(parts ? { parts } : {}) };
  });
}

function typeNameOf(type: AttributeType): string | null {
  switch (type.kind) {
    case "money":
      return "Money";
    case "file":
      return "StoredFile";
    case "embed":
      return type.valueObject;
    default:
      return null;
  }
}
