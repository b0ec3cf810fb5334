import type { LiteralValue } from "../../expression/Expression.ts";
import { parseDuration } from "../../expression/time/durationText.ts";
import type { ValueType } from "../../expression/ValueType.ts";
import { arrayOf, call, cast, constant, text } from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";
import { isJson, listType, sqlType } from "./sqlType.ts";

/** A canonical value as a constant of its type. */
export function literalSql(type: ValueType, value: LiteralValue): Expression {
  if (value === null) return nullOf(type);
  if (type.kind === "list") {
    const items = isList(value) ? value.map((item) => literalSql(type.of, item)) : [];
    return listOf(type.of, items);
  }
  if (typeof value === "boolean") return constant(value);
  if (isList(value)) throw new Error("Only a list has items.");
  if (type.kind === "duration") return intervalConstant(parseDuration(value) ?? 0n);
  return cast(text(value), sqlType(type));
}

export function nullOf(type: ValueType): Expression {
  return cast(constant(null), sqlType(type));
}

/** A list of items that are SQL already. */
export function listOf(of: ValueType, items: readonly Expression[]): Expression {
  if (isJson(of)) return call("jsonb_build_array", ...items);
  return arrayOf(items, listType(of));
}

/** PostgreSQL reads no sign in front of `PT5S`. */
export function intervalConstant(microseconds: bigint): Expression {
  return cast(text(`${microseconds} microseconds`), "interval");
}

function isList(value: LiteralValue): value is readonly LiteralValue[] {
  return Array.isArray(value);
}
