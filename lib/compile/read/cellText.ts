import type { ReadableField } from "../../plan/catalog/Catalog.ts";
import { binary, call, cast, text } from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";
import { canonicalText, jsonValue } from "./jsonValue.ts";
import type { Compilation, Scope } from "./Scope.ts";
import { fieldJson } from "./valueJson.ts";
import { readableValue } from "./visibility.ts";

/**
 * A field of a record as one text, for tables of plain cells: what has a text of its own stands as that, all that is
 * made of several values as its JSON.
 */
export function cellText(compilation: Compilation, scope: Scope, field: ReadableField): Expression {
  const { type } = field;
  switch (type.kind) {
    case "json":
    case "list":
    case "embed":
    case "file":
    case "vector":
      return cast(call("to_json", fieldJson(compilation, scope, { field, shown: null })), "text");
    case "money": {
      const stored = readableValue(compilation, scope, field);
      const plain = canonicalText(field, stored);
      return type.currency === undefined ? plain : binary(plain, "||", text(` ${type.currency}`));
    }
    default:
      return cast(jsonValue(field, readableValue(compilation, scope, field)), "text");
  }
}
