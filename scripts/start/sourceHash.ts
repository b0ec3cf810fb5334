import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** What the web application is built from. */
const folders = ["app", "components", "db", "lib", "public", "scripts/cli", "server", "templates"];
const files = [
  "next.config.ts",
  "package-lock.json",
  "package.json",
  "postcss.config.mjs",
  "proxy.ts",
  "tsconfig.json",
];

/** What lies in those folders but is not built in: tests, migrations, and programs of their own. */
const left = /(\.test\.tsx?|\.md|\.snap)$|^db\/migrations\/|^server\/runtime\//;

/** A digest of everything that decides what `next build` makes; the same digest needs no new build. */
export async function sourceHash(root: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const found = await Promise.all(folders.map((folder) => filesBelow(join(root, folder))));
  const paths = [...found.flat().map((path) => relative(root, path).split(sep).join("/")), ...files];
  const hash = createHash("sha256").update(process.versions.node);
  for (const path of paths.filter((path) => !left.test(path)).sort()) {
    const content = await readFile(join(root, path)).catch(() => undefined);
    if (content) hash.update(`\0${path}\0${content.length}\0`).update(content);
  }
  // Next.js writes these into the pages.
  for (const name of Object.keys(environment).sort()) {
    if (name.startsWith("NEXT_PUBLIC_")) hash.update(`\0${name}=${environment[name]}`);
  }
  return hash.digest("hex");
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
