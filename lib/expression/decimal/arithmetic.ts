import type { Decimal } from "./Decimal.ts";
import { quotientScale } from "./quotientScale.ts";

/** The most digits after the point that PostgreSQL keeps of a product. */
const maxScale = 16_383;

export function decimalOf(integer: bigint): Decimal {
  return { digits: integer, scale: 0 };
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { digits: digitsAt(a, scale) + digitsAt(b, scale), scale };
}

export function subtractDecimals(a: Decimal, b: Decimal): Decimal {
  return addDecimals(a, negateDecimal(b));
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  const product = { digits: a.digits * b.digits, scale: a.scale + b.scale };
  return product.scale > maxScale ? roundDecimal(product, maxScale) : product;
}

/** Null for division by zero; as many digits as PostgreSQL gives. */
export function divideDecimals(a: Decimal, b: Decimal): Decimal | null {
  if (b.digits === 0n) return null;
  const scale = quotientScale(a, b);
  // a / b at the scale, from whole numbers: a.digits * 10^(scale - a.scale + b.scale) / b.digits.
  const shift = scale - a.scale + b.scale;
  const dividend = shift >= 0 ? a.digits * powerOfTen(shift) : a.digits;
  const divisor = shift >= 0 ? b.digits : b.digits * powerOfTen(-shift);
  return { digits: divideRounded(dividend, divisor), scale };
}

/** Null for division by zero; the sign is the dividend's. */
export function remainderOfDecimals(a: Decimal, b: Decimal): Decimal | null {
  if (b.digits === 0n) return null;
  const scale = Math.max(a.scale, b.scale);
  return { digits: digitsAt(a, scale) % digitsAt(b, scale), scale };
}

export function negateDecimal({ digits, scale }: Decimal): Decimal {
  return { digits: -digits, scale };
}

/** Below zero when `a` is less; `1.0` and `1.00` are equal. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const [left, right] = [digitsAt(a, scale), digitsAt(b, scale)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Half away from zero; zeros are put behind where there are fewer digits. */
export function roundDecimal(value: Decimal, scale: number): Decimal {
  if (scale >= value.scale) return { digits: digitsAt(value, scale), scale };
  return { digits: divideRounded(value.digits, powerOfTen(value.scale - scale)), scale };
}

/** Cut towards zero to a whole number. */
export function truncateDecimal({ digits, scale }: Decimal): bigint {
  return digits / powerOfTen(scale);
}

export function floorDecimal(value: Decimal): Decimal {
  const whole = truncateDecimal(value);
  const below = value.digits < 0n && whole * powerOfTen(value.scale) !== value.digits;
  return decimalOf(below ? whole - 1n : whole);
}

export function ceilingOfDecimal(value: Decimal): Decimal {
  return negateDecimal(floorDecimal(negateDecimal(value)));
}

function digitsAt({ digits, scale }: Decimal, wanted: number): bigint {
  return digits * powerOfTen(wanted - scale);
}

function powerOfTen(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const rest = dividend % divisor;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  if (twice < (divisor < 0n ? -divisor : divisor)) return quotient;
  return dividend < 0n === divisor < 0n ? quotient + 1n : quotient - 1n;
}
