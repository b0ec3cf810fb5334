import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../root.ts";
import { findAdvisories } from "./advisories.ts";
import { readLock } from "./Lock.ts";
import { licenceFaults, licencesDocument, licensedPackages } from "./licences.ts";
import { lockFaults } from "./lockFaults.ts";

// Part of `npm run check`: what others wrote and we run. `--write` brings docs/security/licences.md up to date.
const file = "docs/security/licences.md";

const { lock, manifest } = await readLock();
const packages = await licensedPackages(lock);
const document = licencesDocument(packages);
if (process.argv.includes("--write")) await writeFile(join(root, file), document);
const kept = await readFile(join(root, file), "utf8").catch(() => "");
const advisories = await findAdvisories();

const faults = [
  ...lockFaults({ lock, manifest }),
  ...licenceFaults(packages),
  ...(kept === document ? [] : [`${file} is not up to date: node scripts/check/dependencies/main.ts --write`]),
  ...("faults" in advisories ? advisories.faults : []),
];
if ("unknown" in advisories) console.log(`Known vulnerabilities were not looked up: ${advisories.unknown}.`);
else for (const note of advisories.notes) console.log(note);
for (const fault of faults) console.log(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
