/**
 * A telephone number of E.164: `"+49 (30) 123-456"` to `"+4930123456"`. It begins with `+` and the country; spaces,
 * hyphens, dots, slashes and parentheses between the digits are left out; 7 to 15 digits. Null when the text is none,
 * or holds `(0)`, which is dialled from within the country only.
 */
export function canonicalPhone(text: string): string | null {
  if (text.length > 40 || !/^\+[\d ()./-]*\d$/.test(text) || text.includes("(0)")) return null;
  const digits = text.replace(/\D/g, "");
  return /^[1-9]\d{6,14}$/.test(digits) ? `+${digits}` : null;
}
