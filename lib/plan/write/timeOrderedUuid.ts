let latest = -1;
let counter = 0;

/**
 * A UUID of version 7 (RFC 9562): 48 bits of milliseconds, 12 bits that count up within one, then random ones. So those
 * that one program makes after each other are in their order, as long as its clock does not go back.
 */
export function timeOrderedUuid(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  // A new millisecond begins in the lower half, so that there is room to count.
  counter = now === latest ? (counter + 1) % 4096 : (((bytes[6] ?? 0) & 0x07) << 8) | (bytes[7] ?? 0);
  latest = now;
  for (let index = 0; index < 6; index++) bytes[index] = Math.floor(now / 2 ** (8 * (5 - index))) % 256;
  bytes[6] = (counter >> 8) | 0x70;
  bytes[7] = counter & 0xff;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
