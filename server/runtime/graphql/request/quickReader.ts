import { type GraphQLInputType, isEnumType, isNonNullType, isScalarType } from "graphql";

/** Whether a value of a request's variables is already what coercion would make of it. */
export type QuickReader = (value: unknown) => boolean;

/** Scalars whose texts are taken as they are. */
const texts: ReadonlySet<string> = new Set([
  "ID",
  "String",
  "UUID",
  "Date",
  "DateTime",
  "Time",
  "Duration",
  "Decimal",
  "BigInt",
]);

/** The reader of a type; null for one whose values need more than a look. */
export function quickReader(type: GraphQLInputType): QuickReader | null {
  if (isNonNullType(type)) return plainReader(type.ofType);
  const reader = plainReader(type);
  return reader && ((value) => value === undefined || value === null || reader(value));
}

function plainReader(type: GraphQLInputType): QuickReader | null {
  if (isEnumType(type)) {
    const names = new Set(type.getValues().map(({ name }) => name));
    return (value) => typeof value === "string" && names.has(value);
  }
  if (!isScalarType(type)) return null;
  if (texts.has(type.name)) return (value) => typeof value === "string";
  switch (type.name) {
    case "Boolean":
      return (value) => typeof value === "boolean";
    case "Int":
      return (value) => typeof value === "number" && (value | 0) === value;
    default:
      return null;
  }
}
