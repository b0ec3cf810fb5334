import type { Decimal } from "../decimal/Decimal.ts";
import { parseDecimal } from "../decimal/parseDecimal.ts";
import { printDecimal } from "../decimal/printDecimal.ts";

export interface Money {
  readonly amount: Decimal;
  readonly currency: string;
}

/** `12.50 EUR`; null when the text is no amount and currency of three capitals. */
export function parseMoney(text: string): Money | null {
  const [amount = "", currency = "", ...rest] = text.split(" ");
  const number = parseDecimal(amount);
  return number && isCurrency(currency) && rest.length === 0 ? { amount: number, currency } : null;
}

export function printMoney({ amount, currency }: Money): string {
  return `${printDecimal(amount)} ${currency}`;
}

export function isCurrency(text: string): boolean {
  return /^[A-Z]{3}$/.test(text);
}
