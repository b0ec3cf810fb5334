import type { AttributeType } from "../../model/types.ts";
import { partNamed } from "../../plan/catalog/fieldAt.ts";
import {
  aggregate,
  arrayOf,
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
import type { Compilation } from "../read/Scope.ts";
import { elementType } from "../storedType.ts";
import { storedToSql } from "./storedToSql.ts";
import { textToSql } from "./textToSql.ts";

interface Member {
  readonly type: AttributeType;
  readonly stored: Expression;
  readonly members: readonly string[];
}

/** A member of a value that is stored as JSON. Whatever stands in it that is no value of the member's type is null. */
export function memberSql(compilation: Compilation, { type, stored, members }: Member): Expression {
  let at = { type, json: stored };
  for (const [index, name] of members.entries()) {
    if (at.type.kind === "json") {
      return binary(
        at.json,
        "#>",
        arrayOf(
          members.slice(index).map((member) => text(member)),
          "text[]",
        ),
      );
    }
    const part = partNamed(compilation.catalog, { name, type: at.type }, name);
    at = { type: part.type, json: binary(at.json, "->", text(part.column)) };
  }
  return jsonToSql(compilation, at.type, at.json);
}

/** A value of an attribute's type that stands in JSON, as expressions have it. */
function jsonToSql(compilation: Compilation, type: AttributeType, json: Expression): Expression {
  const plain = binary(json, "#>>", text("{}"));
  switch (type.kind) {
    case "json":
    case "embed":
    case "file":
      return json;
    case "choice":
      return storedToSql(compilation, type, plain);
    case "money":
      return type.currency === undefined
        ? textToSql(compilation, "money", storedToSql(compilation, type, json))
        : textToSql(compilation, "money", binary(plain, "||", text(` ${type.currency}`)));
    case "list":
      return listToSql(compilation, type, json);
    case "integer":
    case "bigint":
      return textToSql(compilation, "integer", plain);
    case "decimal":
    case "boolean":
    case "date":
    case "time":
    case "timestamp":
    case "duration":
    case "uuid":
      return textToSql(compilation, type.kind, plain);
    default:
      return plain;
  }
}

function listToSql(
  compilation: Compilation,
  { of }: Extract<AttributeType, { kind: "list" }>,
  json: Expression,
): Expression {
  const type = of.kind === "integer" ? "bigint[]" : (`${elementType(of)}[]` as const);
  const alias = compilation.rowAlias();
  const value = jsonToSql(compilation, of, column(alias, "value"));
  const orderBy = [{ expression: column(alias, "number"), descending: false }];
  const from = [{ kind: "elements", function: "jsonb_array_elements", source: json, alias } as const];
  const items = scalar(select({ columns: [as("items", aggregate("array_agg", value, { orderBy }))], from }));
  const whole = call("coalesce", items, cast(text("{}"), type));
  return caseOf([{ when: isNull(json), value: constant(null) }], whole);
}
