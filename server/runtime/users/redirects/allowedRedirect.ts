import { AppError } from "#lib/errors/AppError.ts";

const longest = 2000;
/** Of the web, or one that an installed app has registered, which has a dot (RFC 8252). */
const schemes = /^(?:https?|[a-z][a-z0-9+-]*\.[a-z0-9.+-]+):$/;

/**
 * An address that somebody may be sent to after signing in: one that the app names, or one below a beginning that it
 * names. Throws AppError for every other.
 */
export function allowedRedirect(text: string, allowed: readonly string[]): URL {
  const target = text.length <= longest && URL.canParse(text) ? new URL(text) : null;
  if (target && isPlain(target) && allowed.some((each) => covers(each, target))) return target;
  const message = "Nobody is sent to this address. Name it, or its beginning, among the app's redirects.";
  throw new AppError("invalid_input", message, { fields: [{ field: "redirect", rule: "allowed", message }] });
}

/** Nothing in it is read in one way here and in another there. */
function isPlain(target: URL): boolean {
  const { protocol, username, password, hash, pathname } = target;
  return schemes.test(protocol) && username + password + hash === "" && !/%2f|%5c|\\/i.test(pathname);
}

function covers(text: string, target: URL): boolean {
  const allowed = URL.canParse(text) ? new URL(text) : null;
  if (!allowed || allowed.protocol !== target.protocol || allowed.host !== target.host) return false;
  if (!text.endsWith("/")) return allowed.href === target.href;
  return target.pathname.startsWith(allowed.pathname);
}

/** The address with more in its query. */
export function withQuery(address: URL, more: Readonly<Record<string, string>>): string {
  const result = new URL(address);
  for (const [name, value] of Object.entries(more)) result.searchParams.set(name, value);
  return result.href;
}
