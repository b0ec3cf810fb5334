import { env } from "../env.ts";

/**
 * What a page of ours may load and reach: its own origin, and the apps' APIs. Next.js starts pages by inline scripts,
 * and its development server evaluates code; React Flow and CodeMirror set inline styles.
 */
export function pageHeaders(): Record<string, string> {
  const { GANTRY_APPS_URL, NEXTAUTH_URL, NODE_ENV } = env();
  const development = NODE_ENV === "development";
  const apps = appsSource(GANTRY_APPS_URL);
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'unsafe-inline'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self' ${apps}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  return {
    "content-security-policy": policy,
    ...(NEXTAUTH_URL.startsWith("https://") && { "strict-transport-security": "max-age=31536000" }),
  };
}

/** `http://{app}.localhost:4000` becomes `http://*.localhost:4000`; with the app in the path, the bare origin. */
export function appsSource(template: string): string {
  const [origin = ""] = /^[a-z]+:\/\/[^/]+/i.exec(template) ?? [];
  return origin.replace(/[^./]*\{app\}[^./:]*/, "*");
}
