/**
 * JSON whose numbers keep all their digits. JavaScript would make 9007199254740993 to 9007199254740992; where that
 * happens the number comes as an `ExactNumber` that `JSON.stringify` prints as it was written.
 */
export interface ExactNumber {
  readonly rawJSON: string;
}

type Reviver = (this: unknown, key: string, value: unknown, context: { readonly source?: string }) => unknown;

/** Part of ECMAScript that TypeScript's library does not describe yet. */
interface ExactJson {
  parse(text: string, reviver: Reviver): unknown;
  rawJSON(text: string): ExactNumber;
  isRawJSON(value: unknown): value is ExactNumber;
}

const exact = JSON as unknown as ExactJson;

/** Fifteen digits survive the way through a double; only longer numbers, or those with an exponent, need a second look. */
const longNumber = /(?:^|[[,:])\s*-?\d(?:[\d.]{15}|[\d.]*[eE])/;

/** Throws a SyntaxError for what is not JSON. */
export function parseExactJson(text: string): unknown {
  return longNumber.test(text) ? exact.parse(text, keepDigits) : JSON.parse(text);
}

const keepDigits: Reviver = (_key, value, { source }) =>
  typeof value === "number" && source !== undefined && source !== String(value) ? exact.rawJSON(source) : value;

export function isExactNumber(value: unknown): value is ExactNumber {
  return typeof value === "object" && value !== null && exact.isRawJSON(value);
}

/** The digits of a JSON number as they were written; null for anything else. */
export function numberText(value: unknown): string | null {
  if (typeof value === "number") return Number.isFinite(value) ? plain(String(value)) : null;
  return isExactNumber(value) ? plain(value.rawJSON) : null;
}

const maxZeros = 400;

/** `1.5e3` to `1500`; null when the exponent is out of all reason. */
function plain(text: string): string | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d{1,4})$/.exec(text);
  // `5.0` is a whole number, also where no double was made of it.
  if (!match) return /[eE]/.test(text) ? null : text.replace(/\.0+$/, "");
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const shift = Number(exponent);
  if (Math.abs(shift) > maxZeros) return null;
  const digits = `${"0".repeat(Math.max(0, -shift))}${whole}${fraction}${"0".repeat(Math.max(0, shift))}`;
  const point = Math.max(0, -shift) + whole.length + shift;
  const after = digits.slice(point).replace(/0+$/, "");
  const before = digits.slice(0, point).replace(/^0+(?=\d)/, "");
  return `${sign}${before}${after === "" ? "" : `.${after}`}`;
}
