import type { ValueType } from "#lib/expression/ValueType.ts";
import { calculationKinds } from "#lib/model/read/readTypedText.ts";
import type { AttributeKind, AttributeType, ScalarType } from "#lib/model/types.ts";
import { typeLooks } from "../../typeLooks.tsx";

/** The type that an expression of some type most likely is meant as; null where a calculation cannot have one. */
export function calculationType(type: ValueType): AttributeType | null {
  switch (type.kind) {
    case "integer":
      return { kind: type.bits === 32 ? "integer" : "bigint" };
    case "choice":
      return { kind: "choice", options: type.options.map((name) => ({ name, stored: name })) };
    case "list": {
      const of = calculationType(type.of);
      return of && isScalar(of) ? { kind: "list", of } : null;
    }
    case "null":
    case "object":
    case "record":
    case "records":
      return null;
    default:
      return { kind: type.kind };
  }
}

const unlisted = new Set<AttributeKind>(["list", "money", "json", "choice"]);

function isScalar(type: AttributeType): type is ScalarType {
  return !unlisted.has(type.kind);
}

/** A type of the kind, as far as it fits what the expression comes out as. */
export function typeOfKind(kind: AttributeKind, guessed: AttributeType | null): AttributeType {
  if (guessed?.kind === kind) return guessed;
  if (kind === "list") return { kind, of: { kind: "text" } };
  if (kind === "choice") return { kind, options: [] };
  return { kind } as AttributeType;
}

export const calculationTypeOptions: readonly { readonly value: AttributeKind; readonly label: string }[] =
  calculationKinds.map((kind) => ({ value: kind, label: typeLooks[kind].label }));
