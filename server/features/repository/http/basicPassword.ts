/** The password of HTTP Basic credentials (RFC 7617), or null where there are none that can be read. */
export function basicPassword(headers: Headers): string | null {
  const [, encoded] = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(headers.get("authorization") ?? "") ?? [];
  if (!encoded) return null;
  const credentials = Buffer.from(encoded, "base64").toString("utf8");
  const colon = credentials.indexOf(":");
  return colon === -1 ? null : credentials.slice(colon + 1);
}
