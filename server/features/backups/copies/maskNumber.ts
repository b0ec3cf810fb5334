import type { MaskKey } from "./MaskKey.ts";
import { permuted } from "./permuted.ts";

export interface NumberLimits {
  readonly min?: string;
  readonly max?: string;
}

/**
 * A number with the same sign, as many digits and as many of them after the point, within the limits where the number
 * itself is. Different numbers get different masks.
 */
export function maskNumber(text: string, key: MaskKey, { min, max }: NumberLimits = {}): string {
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  // Infinity and NaN say nothing of anybody.
  if (whole === "") return text;
  const scale = fraction.length;
  const value = BigInt(whole + fraction);
  const count = BigInt(String(value).length);
  let least = count === 1n ? 0n : 10n ** (count - 1n);
  let most = 10n ** count - 1n;
  const [low, high] = sign === "" ? [min, max] : [negated(max), negated(min)];
  if (low !== undefined) least = larger(least, scaled(low, scale, "up"));
  if (high !== undefined) most = smaller(most, scaled(high, scale, "down"));
  // A zero with a sign would be another number.
  if (sign !== "") least = larger(least, 1n);
  if (value < least || value > most) return text.replace(/\d/g, "0");
  const masked = least + permuted(value - least, most - least + 1n, key);
  const digits = String(masked).padStart(scale + 1, "0");
  return sign + (scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`);
}

const larger = (one: bigint, other: bigint) => (one > other ? one : other);
const smaller = (one: bigint, other: bigint) => (one < other ? one : other);

function negated(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  return text.startsWith("-") ? text.slice(1) : `-${text}`;
}

function scaled(text: string, scale: number, to: "up" | "down"): bigint {
  const [, sign = "", whole = "0", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const kept = BigInt(whole + fraction.slice(0, scale).padEnd(scale, "0")) * (sign === "" ? 1n : -1n);
  const isCut = /[1-9]/.test(fraction.slice(scale));
  if (!isCut) return kept;
  if (to === "up") return sign === "" ? kept + 1n : kept;
  return sign === "" ? kept : kept - 1n;
}
