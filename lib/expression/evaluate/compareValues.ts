import { compareDecimals } from "../decimal/arithmetic.ts";
import { parseMoney } from "../money/moneyText.ts";
import type { Value } from "../Value.ts";
import type { ValueKind } from "../ValueType.ts";
import { isDecimal, isList, type Present } from "./kinds.ts";

/** Below zero when `a` comes first; null when there is no order: of money in different currencies. */
export function compareValues(a: Present, b: Present, kind: ValueKind): number | null {
  if (typeof a === "string" && typeof b === "string") {
    return kind === "money" ? compareMoney(a, b) : compareTexts(a, b);
  }
  if (isDecimal(a) && isDecimal(b)) return compareDecimals(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareMoney(a: string, b: string): number | null {
  const [left, right] = [parseMoney(a), parseMoney(b)];
  if (!left || !right || left.currency !== right.currency) return null;
  return compareDecimals(left.amount, right.amount);
}

/** By code points, which is the byte order of UTF-8; JavaScript's own order is that of UTF-16 units. */
export function compareTexts(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const [x, y] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (x === y) continue;
    // Surrogates stand for code points above all others.
    const [high, low] = [isSurrogate(x), isSurrogate(y)];
    return high === low ? x - y : high ? 1 : -1;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

/** Within lists null is equal to null, as in arrays of SQL. */
export function equalValues(a: Present, b: Present, kind: ValueKind): boolean {
  if (isList(a) && isList(b)) {
    return a.length === b.length && a.every((item, index) => equalItems(item, b[index] ?? null, kind));
  }
  if (kind === "money" && typeof a === "string" && typeof b === "string") return compareMoney(a, b) === 0;
  if (isDecimal(a) && isDecimal(b)) return compareDecimals(a, b) === 0;
  return a === b;
}

function equalItems(a: Value, b: Value, kind: ValueKind): boolean {
  return a === null || b === null ? a === b : equalValues(a, b, kind);
}
