import type { Decimal } from "./Decimal.ts";

/** The most characters that a number as text may have. */
const maxLength = 1000;

/** `-12.50`, `+7`, `.5`, `5.`; null when the text is no plain decimal number. */
export function parseDecimal(text: string): Decimal | null {
  if (text.length > maxLength) return null;
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text);
  const [, sign = "", whole = "", fraction = ""] = match ?? [];
  if (whole === "" && fraction === "") return null;
  const digits = BigInt(whole + fraction);
  return { digits: sign === "-" ? -digits : digits, scale: fraction.length };
}

/** A literal with an exponent too: `1.5e3` is 1500. */
export function parseDecimalLiteral(text: string): Decimal | null {
  const [plain = "", exponent = "0"] = text.split(/[eE]/);
  const number = parseDecimal(plain);
  const shift = Number(exponent);
  if (!number || Math.abs(shift) > maxLength) return null;
  const scale = number.scale - shift;
  return scale >= 0 ? { digits: number.digits, scale } : { digits: number.digits * 10n ** BigInt(-scale), scale: 0 };
}
