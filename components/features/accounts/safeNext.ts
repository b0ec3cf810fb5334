/** The address to go to after signing in: a path of this site or the start page, never another site. */
export function safeNext(next: string | undefined): string {
  if (next === undefined || !/^\/(?![/\\])/.test(next)) return "/";
  const url = new URL(next, "http://gantry.invalid");
  return url.origin === "http://gantry.invalid" ? url.pathname + url.search + url.hash : "/";
}

/** Where the second step of signing in is, on the way to the same place. */
export function secondFactorPage(next: string | undefined): string {
  return `/sign-in/second-factor?next=${encodeURIComponent(safeNext(next))}`;
}
