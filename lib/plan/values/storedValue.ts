import { canonicalDuration } from "../../model/values/canonicalDuration.ts";
import { type Money, readMoney } from "../../model/values/canonicalMoney.ts";

/**
 * The text of a length of time that PostgreSQL reads, from any that people write: as the canonical one, but with the sign
 * at every part (`PT-1H-30M`). Null when the text is none.
 */
export function storedDuration(text: string): string | null {
  const canonical = canonicalDuration(text);
  return canonical?.startsWith("-") ? canonical.slice(1).replace(/[\d.]+/g, "-$&") : canonical;
}

/** The canonical text of a stored length of time. */
export function durationOfStored(stored: string): string {
  return stored.includes("-") ? `-${stored.replaceAll("-", "")}` : stored;
}

/** The text of money as it is stored: the amount alone where all has one currency, else both as JSON. */
export function storedMoney({ amount, currency }: Money, only: string | undefined): string {
  return only === undefined ? `{"amount":${amount},"currency":"${currency}"}` : amount;
}

/** As `storedMoney`, from a text such as `12.50 EUR`; null when it is no money of the type. */
export function storedMoneyOf(text: string, only: string | undefined): string | null {
  const money = readMoney(text, only);
  return money && storedMoney(money, only);
}

/** The amount of stored money. */
export function amountOfStored(stored: string): string {
  return /^\{"amount":([^,]+),/.exec(stored)?.[1] ?? stored;
}
