const encoder = new TextEncoder();
const prime = 0x100000001b3n;
const basis = 0xcbf29ce484222325n;

/** FNV-1a in 64 bits, as 16 hex digits: tells whether a text is still the one that it was, not who wrote it. */
export function fingerprint(text: string): string {
  let hash = basis;
  for (const byte of encoder.encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * prime);
  return hash.toString(16).padStart(16, "0");
}
