import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { Sources } from "#lib/model/sources.ts";
import type { TemplateId } from "./createProjectInput.ts";

/** A template's files as they will stand in the new repository, whatever their kind. */
export async function loadTemplate(id: TemplateId): Promise<Sources> {
  // Started by `next start` or from the checkout; in either case the templates lie beside the code.
  const folder = join(process.cwd(), "templates", id);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith("."));
  return Object.fromEntries(
    await Promise.all(
      files.map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        return [relative(folder, path).split(sep).join("/"), await readFile(path, "utf8")] as const;
      }),
    ),
  );
}
