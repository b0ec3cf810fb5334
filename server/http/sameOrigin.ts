import { AppError } from "#lib/errors/AppError.ts";
import { env } from "../env.ts";

/**
 * Refuses a changing request that a page of another origin made a browser send. Browsers say where a request comes
 * from (Sec-Fetch-Site, Origin); programs say neither and hold no cookies that they were tricked into sending.
 */
export function requireSameOrigin(request: Request): void {
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const ours = site === null ? origin === null || isOwn(origin, request) : site === "same-origin";
  if (!ours) throw new AppError("forbidden", "This request came from another site. Open Gantry itself and try there.");
}

function isOwn(origin: string, request: Request): boolean {
  if (!URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return origin === new URL(env().NEXTAUTH_URL).origin || host === request.headers.get("host");
}
