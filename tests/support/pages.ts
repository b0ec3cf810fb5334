import { readdir } from "node:fs/promises";
import { sep } from "node:path";

const app = new URL("../../app", import.meta.url).pathname;

/** Slugs and the like that stand in for the parts in brackets of a route. */
export type Parts = Readonly<Record<string, string>>;

/** Addresses of routes with parts that are neither an organisation nor a project, and of those that need a query. */
const special: Readonly<Record<string, readonly string[]>> = {
  "/[organisation]/[project]/api/[section]": [
    "connect",
    "operations",
    "lists",
    "deprecations",
    "settings",
    "users",
    "console",
    "docs",
    "client",
  ].map((section) => `/[organisation]/[project]/api/${section}`),
  "/[organisation]/[project]/behaviour/[[...place]]": [
    "/[organisation]/[project]/behaviour",
    "/[organisation]/[project]/behaviour/functions",
  ],
  "/docs/api/[tag]": ["/docs/api/deployments"],
  "/[organisation]/[project]/ship/branches/compare": ["/[organisation]/[project]/ship/branches/compare?from=main"],
};

/** For parts that nobody has said anything else of: what they name is not there, and the page says so. */
const standIns: Parts = { token: "none-such" };

/** Routes of all pages as their folders spell them: `/[organisation]/settings`. */
export async function routesOfPages(): Promise<string[]> {
  const files = await readdir(app, { recursive: true });
  return files
    .filter((file) => file.endsWith(`page.tsx`) && (file === "page.tsx" || file.endsWith(`${sep}page.tsx`)))
    .map((file) => `/${file.split(sep).slice(0, -1).filter(isSegment).join("/")}`)
    .sort();
}

/** The addresses to walk for a route. Throws where it has a part that nobody has said anything about. */
export function addressesOf(route: string, parts: Parts): readonly string[] {
  return (special[route] ?? [route]).map((address) =>
    address.replace(/\[(\w+)\]/g, (_, name: string) => {
      const part = parts[name] ?? standIns[name];
      if (part === undefined) throw new Error(`Say in ${"tests/support/pages.ts"} what [${name}] of ${route} is.`);
      return part;
    }),
  );
}

const isSegment = (folder: string) => !folder.startsWith("(");
