import { enumName } from "../../model/naming/enumName.ts";
import type { AttributeType } from "../../model/types.ts";
import { scalars } from "./graphqlNames.ts";

/** What has attributes: a resource or a value object. */
interface Owner {
  readonly name: string;
}

interface Typed {
  readonly name: string;
  readonly type: AttributeType;
}

/** The type that an attribute's value has in answers. */
export function outputType(owner: Owner, { name, type }: Typed): string {
  switch (type.kind) {
    case "choice":
      return enumName(owner, { name });
    case "money":
      return "Money";
    case "file":
      return "StoredFile";
    case "vector":
      return "[Float!]";
    case "list":
      return `[${outputType(owner, { name, type: type.of })}!]`;
    case "embed":
      return type.many ? `[${type.valueObject}!]` : type.valueObject;
    default:
      return scalars[type.kind];
  }
}

/** The type that it is given as. */
export function inputType(owner: Owner, { name, type }: Typed): string {
  switch (type.kind) {
    case "money":
      return "MoneyInput";
    case "embed":
      return type.many ? `[${type.valueObject}Input!]` : `${type.valueObject}Input`;
    default:
      return outputType(owner, { name, type });
  }
}

/** The input that it is filtered by. */
export function filterType(owner: Owner, { name, type }: Typed): string {
  switch (type.kind) {
    case "list":
      return `${outputType(owner, { name, type: type.of })}ListFilter`;
    case "embed":
      return type.many ? "ValueListFilter" : `${type.valueObject}Filter`;
    case "vector":
    case "encrypted":
      return "PresenceFilter";
    default:
      return `${outputType(owner, { name, type })}Filter`;
  }
}

/** What says how lists are ordered by it; null where they cannot be. */
export function orderType(type: AttributeType): string | null {
  switch (type.kind) {
    case "json":
    case "list":
    case "file":
    case "vector":
    case "encrypted":
      return null;
    case "embed":
      return type.many ? null : `${type.valueObject}OrderBy`;
    default:
      return "SortDirection";
  }
}

/** The choice whose options are an enum of their own: the type itself, or the type of a list's values. */
export function choiceIn(type: AttributeType): Extract<AttributeType, { kind: "choice" }> | null {
  const inner = type.kind === "list" ? type.of : type;
  return inner.kind === "choice" ? inner : null;
}
