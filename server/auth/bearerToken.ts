/** What programs send instead of a cookie: `Authorization: Bearer gt_…`; null where there is none. */
export function bearerToken(headers: Headers): string | null {
  return /^Bearer +(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1] ?? null;
}
