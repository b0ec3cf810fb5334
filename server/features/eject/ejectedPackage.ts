import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { EjectedPackage, Versions } from "#lib/codegen/eject/packageJson.ts";

const manifest = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
  optionalDependencies: z.record(z.string(), z.string()),
});
const lock = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) });

/** What checks the types of an ejected app. */
const forTypes = ["typescript", "@types/node", "@types/nodemailer", "@types/pg", "@types/ws", "@babel/types"];

/** The ejected app's package with the very versions of the packages that Gantry itself runs on; `root` is its folder. */
export async function ejectedPackage(
  root: string,
  {
    name,
    release,
    imported,
  }: { readonly name: string; readonly release: number; readonly imported: readonly string[] },
): Promise<EjectedPackage> {
  const own = manifest.parse(JSON.parse(await readFile(join(root, "package.json"), "utf8")));
  const { packages } = lock.parse(JSON.parse(await readFile(join(root, "package-lock.json"), "utf8")));
  const exact = (names: readonly string[]): Versions =>
    Object.fromEntries(
      names
        .toSorted()
        .map((each) => [each, packages[`node_modules/${each}`]?.version ?? own.dependencies[each] ?? "*"]),
    );
  return {
    name,
    release,
    dependencies: exact(imported.filter((each) => Object.hasOwn(own.dependencies, each))),
    devDependencies: exact(forTypes),
    optionalDependencies: own.optionalDependencies,
  };
}
