/** The most digits a decimal may have in all: PostgreSQL's limit for a declared precision. */
const maxDigits = 1000;

/** `"+007.50"` to `"7.50"`; null when the text is no plain decimal number. The digits after the point stay as written. */
export function canonicalDecimal(text: string): string | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text);
  if (!match || text.length > maxDigits) return null;
  const [, sign = "", whole = "", fraction = ""] = match;
  if (whole === "" && fraction === "") return null;
  const digits = whole.replace(/^0+(?=\d)/, "") || "0";
  const negative = sign === "-" && /[1-9]/.test(digits + fraction);
  return `${negative ? "-" : ""}${digits}${fraction === "" ? "" : `.${fraction}`}`;
}
