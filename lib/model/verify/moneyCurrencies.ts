import { closest } from "../../expression/closest.ts";
import { currencies, currencyDigits } from "../values/currencies.ts";
import { eachAttribute } from "./eachAttribute.ts";
import type { Rule } from "./Rule.ts";

/** Where all amounts have one currency there is such a currency, and bounds have no finer digits than it. */
export const moneyCurrencies: Rule = eachAttribute(({ attribute: { type, min, max }, path }) => {
  if (type.kind !== "money" || type.currency === undefined) return [];
  const { currency } = type;
  const digits = currencyDigits(currency);
  if (digits === null) {
    const upper = currency.toUpperCase();
    const meant = currencyDigits(upper) === null ? closest(upper, currencies) : upper;
    const hint = meant ? `Did you mean "${meant}"?` : 'Write a code of ISO 4217, such as "EUR".';
    return [{ code: "currency", path: [...path, "currency"], message: `There is no currency "${currency}". ${hint}` }];
  }
  return [["min", min] as const, ["max", max] as const].flatMap(([option, bound]) => {
    const fraction = bound?.split(".")[1]?.replace(/0+$/, "") ?? "";
    if (fraction.length <= digits) return [];
    const message = `Amounts of ${currency} have ${digits} digits after the point. Write no more here.`;
    return [{ code: "currency", path: [...path, option], message }];
  });
});
