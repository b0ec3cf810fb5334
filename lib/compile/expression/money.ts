import { binary, call, cast, constant, text } from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";

/** Money in an expression is its canonical text, such as `12.50 EUR`. */
export function amountOf(money: Expression): Expression {
  return cast(call("split_part", money, text(" "), constant(1)), "numeric");
}

export function currencyOf(money: Expression): Expression {
  return call("split_part", money, text(" "), constant(2));
}

export function moneyOf(amount: Expression, currency: Expression): Expression {
  const known = call("substring", currency, text("^[A-Z]{3}$"));
  return binary(binary(cast(amount, "text"), "||", text(" ")), "||", known);
}
