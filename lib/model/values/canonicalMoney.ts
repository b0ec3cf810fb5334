import { canonicalDecimal } from "./canonicalDecimal.ts";
import { currencyDigits } from "./currencies.ts";

/** An amount of money in two parts. */
export interface Money {
  /** With exactly the digits that the currency has after the point. */
  readonly amount: string;
  readonly currency: string;
}

/**
 * An amount and its currency: `"12.5 eur"` to `"12.50 EUR"`. Where all have one `currency` it may be left out. Null when
 * there is no such currency, when it is another, or when the amount has more digits after the point than the currency.
 */
export function canonicalMoney(text: string, currency?: string): string | null {
  const money = readMoney(text, currency);
  return money && `${money.amount} ${money.currency}`;
}

/** As `canonicalMoney`, in parts. */
export function readMoney(text: string, currency?: string): Money | null {
  const match = /^([+-]?[\d.]+)(?: ([A-Za-z]{3}))?$/.exec(text);
  const code = match?.[2]?.toUpperCase() ?? currency;
  const amount = canonicalDecimal(match?.[1] ?? "");
  const digits = code === undefined ? null : currencyDigits(code);
  if (amount === null || code === undefined || digits === null) return null;
  if (currency !== undefined && code !== currency) return null;
  const [whole = "", fraction = ""] = amount.split(".");
  const significant = fraction.replace(/0+$/, "");
  if (significant.length > digits) return null;
  const sign = whole === "-0" && significant === "" ? "0" : whole;
  return { amount: digits === 0 ? sign : `${sign}.${significant.padEnd(digits, "0")}`, currency: code };
}
