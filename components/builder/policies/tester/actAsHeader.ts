/** An actor as the header `Gantry-Act-As` takes it: base64url of UTF-8, so that any name may stand in it. */
export function actAsHeader(actor: Readonly<Record<string, unknown>>): string {
  const bytes = new TextEncoder().encode(JSON.stringify(actor));
  const binary = Array.from(bytes, (byte) => String.fromCodePoint(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
