/** The cookies of a request by name; of several with one name the first, as browsers send the most specific first. */
export function cookiesOf(headers: Headers): Record<string, string> {
  const cookies: Record<string, string> = Object.create(null);
  for (const pair of headers.get("cookie")?.split(";") ?? []) {
    const at = pair.indexOf("=");
    const name = pair.slice(0, at).trim();
    if (at > 0 && !(name in cookies)) cookies[name] = decoded(pair.slice(at + 1).trim());
  }
  return cookies;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replace(/^"(.*)"$/, "$1"));
  } catch {
    return value;
  }
}
