import type { Decimal } from "./Decimal.ts";

/** PostgreSQL keeps numbers in groups of four decimal digits, and aims at 16 digits that count. */
const groupSize = 4;
const significantDigits = 16;
const maxDisplayScale = 1000;

/** How many digits after the point a quotient has, by the rule of PostgreSQL's numeric (`select_div_scale`). */
export function quotientScale(dividend: Decimal, divisor: Decimal): number {
  const [a, b] = [leadingGroup(dividend), leadingGroup(divisor)];
  const weight = a.weight - b.weight - (a.value <= b.value ? 1 : 0);
  const scale = Math.max(significantDigits - weight * groupSize, dividend.scale, divisor.scale, 0);
  return Math.min(scale, maxDisplayScale);
}

/** The first group that is not zero, and which power of 10,000 it counts. */
function leadingGroup({ digits, scale }: Decimal): { readonly weight: number; readonly value: number } {
  if (digits === 0n) return { weight: 0, value: 0 };
  const text = (digits < 0n ? -digits : digits).toString();
  const exponent = text.length - 1 - scale;
  const weight = Math.floor(exponent / groupSize);
  const size = exponent - weight * groupSize + 1;
  return { weight, value: Number(text.slice(0, size).padEnd(size, "0")) };
}
