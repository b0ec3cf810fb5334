import type { AttributeType } from "../../model/types.ts";
import type { Field } from "../../plan/catalog/Catalog.ts";
import {
  aggregate,
  as,
  binary,
  call,
  caseOf,
  cast,
  column,
  constant,
  isNull,
  scalar,
  select,
  text,
} from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";
import { storedType } from "../storedType.ts";

/** A part of a stored value (`partsOf`) as a value of the part's own type, to be compared with or sorted by. */
export function partValue(type: AttributeType, stored: Expression, part: Field): Expression {
  if (type.kind === "money" && type.currency !== undefined) {
    if (part.name === "amount") return stored;
    return caseOf([{ when: isNull(stored), value: constant(null) }], cast(text(type.currency), "text"));
  }
  const inner = binary(stored, "->", text(part.column));
  switch (part.type.kind) {
    case "json":
    case "embed":
      return inner;
    case "list":
    case "vector":
      return elementsOf(inner, storedType(part.type));
    case "money":
      if (part.type.currency === undefined) return inner;
  }
  const plain = binary(stored, "->>", text(part.column));
  const stands = storedType(part.type);
  return stands === "text" ? plain : cast(plain, stands);
}

/** A JSON list as the array that the same values have in a column of their own. */
function elementsOf(json: Expression, type: ReturnType<typeof storedType>): Expression {
  const value = binary(column("element", "value"), "#>>", text("{}"));
  const from = [{ kind: "elements", function: "jsonb_array_elements", source: json, alias: "element" }] as const;
  const orderBy = [{ expression: column("element", "number"), descending: false }];
  const list = scalar(select({ columns: [as("list", aggregate("array_agg", value, { orderBy }))], from }));
  const array = call("coalesce", cast(list, type), cast(text("{}"), type));
  return caseOf([{ when: isNull(json), value: constant(null) }], array);
}
