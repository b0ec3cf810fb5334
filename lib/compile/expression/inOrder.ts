import type { ValueType } from "../../expression/ValueType.ts";
import { collate } from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";
import { amountOf } from "./money.ts";

/** A value as it is to be ordered: texts by code point, money by its amount. */
export function inOrder(kind: ValueType["kind"], value: Expression): Expression {
  switch (kind) {
    case "text":
    case "choice":
      return collate(value, "pg_c_utf8");
    case "money":
      return amountOf(value);
    default:
      return value;
  }
}
