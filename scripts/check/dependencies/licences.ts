import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../root.ts";
import { type Lock, nameOf } from "./Lock.ts";

/** Licences under which a package may be part of what we give to others, without asking anything but to name it. */
const allowed = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "Python-2.0",
  "Unlicense",
]);

/** Packages of other licences that were looked at, by name or `name*`, and why they may stay. */
const exceptions: Readonly<Record<string, string>> = {
  "@fontsource-variable/*": "OFL-1.1: fonts, given on unchanged and not sold by themselves",
  "@img/sharp-*": "LGPL-3.0: a library of its own that is linked at run time and not changed; optional",
  "caniuse-lite": "CC-BY-4.0: data that the build reads; named here",
  elkjs: "EPL-2.0: used unchanged as a package of its own; its source is public",
  "lightningcss*": "MPL-2.0: used unchanged by the build; its source is public",
};

interface Licensed {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

/** The packages that production runs or is built by, each with its licence. */
export async function licensedPackages(lock: Lock): Promise<Licensed[]> {
  const found = await Promise.all(
    Object.entries(lock.packages)
      .filter(([place, { dev }]) => place !== "" && !dev)
      .map(async ([place, { version = "", license }]) => {
        const licence = (await licenceIn(place)) ?? license ?? "none";
        return { name: nameOf(place), version, licence };
      }),
  );
  const unique = new Map(found.map((one) => [`${one.name} ${one.version}`, one]));
  return [...unique.values()].sort((one, other) => (one.name + one.version < other.name + other.version ? -1 : 1));
}

/** What the package says itself; what is only for other machines is not there. */
async function licenceIn(place: string): Promise<string | undefined> {
  try {
    const told = JSON.parse(await readFile(join(root, place, "package.json"), "utf8")) as { license?: unknown };
    return typeof told.license === "string" ? told.license : undefined;
  } catch {
    return undefined;
  }
}

/** Packages whose licence nobody has allowed, as sentences. */
export function licenceFaults(packages: readonly Licensed[]): string[] {
  return packages
    .filter(({ name, licence }) => !isAllowed(licence) && exceptionFor(name) === undefined)
    .map(({ name, version, licence }) => `${name} ${version} is under ${licence}, which is not allowed.`);
}

/** Of `A OR B` one suffices; of `A AND B` each counts. */
function isAllowed(licence: string): boolean {
  const bare = licence.replace(/^\((.*)\)$/, "$1");
  if (bare.includes(" OR ")) return bare.split(" OR ").some(isAllowed);
  return bare.split(" AND ").every((part) => allowed.has(part.trim()));
}

function exceptionFor(name: string): string | undefined {
  const fitting = Object.keys(exceptions).find((pattern) =>
    pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
  );
  return fitting && exceptions[fitting];
}

/** docs/security/licences.md. */
export function licencesDocument(packages: readonly Licensed[]): string {
  const byLicence = Map.groupBy(packages, ({ licence }) => licence);
  const counts = [...byLicence].sort(
    ([one, some], [other, more]) => more.length - some.length || (one < other ? -1 : 1),
  );
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    "# Licences of what we use",
    "",
    "Packages that the control plane and the runtime run or are built by. `node scripts/check/dependencies/main.ts --write` writes this file, and `npm run check` holds it true.",
    "",
    row(["Licence", "Packages"]),
    row(["---", "---:"]),
    ...counts.map(([licence, all]) => row([licence, String(all.length)])),
    "",
    "## Looked at one by one",
    "",
    ...Object.entries(exceptions).map(([name, why]) => `- \`${name}\`: ${why}.`),
    "",
    "## All packages",
    "",
    row(["Package", "Version", "Licence"]),
    row(["---", "---", "---"]),
    ...packages.map(({ name, version, licence }) => row([name, version, licence])),
    "",
  ].join("\n");
}
