/** A path of this site to go on to; null for everything else. */
export function ownPath(text: string | null): string | null {
  if (text === null || !/^\/(?![/\\])/.test(text)) return null;
  const url = new URL(text, "http://gantry.invalid");
  return url.origin === "http://gantry.invalid" ? url.pathname + url.search + url.hash : null;
}
