const limits = {
  integer: [-2147483648n, 2147483647n],
  bigint: [-9223372036854775808n, 9223372036854775807n],
} as const;

/** `"-007"` to `"-7"`; null when the text is no whole number that the type can hold. */
export function canonicalInteger(text: string, kind: keyof typeof limits): string | null {
  if (!/^[+-]?\d{1,30}$/.test(text)) return null;
  const value = BigInt(text.replace(/^\+/, ""));
  const [low, high] = limits[kind];
  return value < low || value > high ? null : value.toString();
}
