/** What is wrong with an address; null when nothing is. `plain`: http will do anywhere, not only on this machine. */
export function urlProblem(text: string, { plain = false }: { readonly plain?: boolean } = {}): string | null {
  const url = URL.parse(text);
  if (!url) return 'This is no address. Write a whole one, such as "https://example.com/api".';
  if (url.username !== "" || url.password !== "") return "An address here has no user and no password.";
  if (url.hash !== "") return "An address here has no part after `#`.";
  if (url.protocol === "https:") return null;
  if (url.protocol !== "http:") return "An address here is of https.";
  return plain || isLocal(url.hostname) ? null : "An address here is of https; http will do for localhost only.";
}

function isLocal(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || host === "127.0.0.1" || host === "[::1]";
}
