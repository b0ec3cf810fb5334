import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../root.ts";

/** A package as package-lock.json has it. */
export interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
}

/** What package.json asks for. */
export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface Lock {
  readonly lockfileVersion: number;
  /** By their places below the root; the root itself is at the empty one. */
  readonly packages: Readonly<Record<string, LockedPackage & Manifest>>;
}

export async function readLock(): Promise<{ readonly lock: Lock; readonly manifest: Manifest }> {
  const read = async (name: string) => JSON.parse(await readFile(join(root, name), "utf8")) as unknown;
  return { lock: (await read("package-lock.json")) as Lock, manifest: (await read("package.json")) as Manifest };
}

/** `node_modules/a/node_modules/@b/c` is the package `@b/c`. */
export function nameOf(place: string): string {
  return place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
}
