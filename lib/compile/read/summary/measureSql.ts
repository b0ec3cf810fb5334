import type { AttributeType } from "../../../model/types.ts";
import { currencyDigits } from "../../../model/values/currencies.ts";
import { isAnyMoney } from "../../../plan/read/summary/measureType.ts";
import type { MeasureFunction } from "../../../plan/types.ts";
import { aggregate, binary, call, caseOf, cast, constant, isNull, text } from "../../../sql/build.ts";
import type { Expression } from "../../../sql/Sql.ts";
import { durationOf, microseconds } from "../../expression/moments.ts";

/** A measure over the values of a group, in the stored form of the type that it comes out as. */
export function measureSql(of: MeasureFunction, value: Expression | null, type: AttributeType): Expression {
  if (of === "count" || value === null) return aggregate("count", null);
  if (of === "countDistinct") return aggregate("count", value, { distinct: true });
  if (isAnyMoney(type)) return anyMoney(of, value);
  if (of === "min" || of === "max") return sameDigits(type, aggregate(of, value));
  if (type.kind === "duration") return durationOf(aggregate(of, microseconds(value)));
  if (of === "avg" && type.kind === "money") {
    return call("round", aggregate(of, value), constant(currencyDigits(type.currency ?? "") ?? 2));
  }
  return aggregate(of, value);
}

/** A value that groups are made by: equal ones have to be printed alike, whichever of them PostgreSQL keeps. */
export function sameDigits(type: AttributeType, value: Expression): Expression {
  return type.kind === "decimal" && type.scale === undefined ? call("trim_scale", value) : value;
}

/** Of amounts in one currency, since the plan sees to that: with as many digits as they have. */
function anyMoney(of: "sum" | "avg" | "min" | "max", value: Expression): Expression {
  const amount = cast(binary(value, "->>", text("amount")), "numeric");
  const total = aggregate(of, amount);
  const shown = of === "avg" ? call("round", total, aggregate("max", call("scale", amount))) : total;
  const currency = aggregate("min", binary(value, "->>", text("currency")));
  const money = call("jsonb_build_object", text("amount"), shown, text("currency"), currency);
  return caseOf([{ when: isNull(total), value: constant(null) }], money);
}
