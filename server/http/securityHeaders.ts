import { env } from "../env.ts";

/**
 * Styles that the package of the toasts writes into the page by itself, which asks for no nonce: of the empty text, since
 * it adds the element first, and of its style sheet. A test holds them against the package.
 */
export const toastStyleHashes = [
  "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
  "sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY=",
] as const;

/** Where browsers tell what a page tried and was not allowed (server/http/cspReports.ts). */
const reportPath = "/api/csp-reports";

/** Names the inline scripts and styles of one answer as ours: 128 bits that nobody can guess. */
export function makeNonce(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
}

/**
 * What a page of ours may load and reach: its own origin, and the apps' APIs. Scripts run by the nonce of the answer, and
 * what those load in turn. The development server of Next.js evaluates code and writes styles besides.
 */
export function pageHeaders(nonce: string) {
  const { GANTRY_APPS_URL, NODE_ENV } = env();
  const development = NODE_ENV === "development";
  const toasts = toastStyleHashes.map((hash) => `'${hash}'`).join(" ");
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}' ${toasts}`,
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self' ${appsSource(GANTRY_APPS_URL)}${development ? " ws:" : ""}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    `report-uri ${reportPath}`,
    "report-to pages",
  ].join("; ");
  return { "content-security-policy": policy, "reporting-endpoints": `pages="${reportPath}"` };
}

/** `http://{app}.localhost:4000` becomes `http://*.localhost:4000`; with the app in the path, the bare origin. */
export function appsSource(template: string): string {
  const [origin = ""] = /^[a-z]+:\/\/[^/]+/i.exec(template) ?? [];
  return origin.replace(/[^./]*\{app\}[^./:]*/, "*");
}
