import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { EnvironmentSpec } from "#lib/compile/Snapshot.ts";
import { logDefect } from "../log.ts";
import { readSpec } from "./readSpec.ts";

/** Keeps the specs in a folder, one file each that only this program's user can read: they hold passwords. */
export class SpecStore {
  readonly #folder: string;

  constructor(stateFolder: string) {
    this.#folder = join(stateFolder, "environments");
  }

  /** All kept specs; a file that cannot be read is left alone and told of. */
  async load(): Promise<readonly EnvironmentSpec[]> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const specs: EnvironmentSpec[] = [];
    for (const name of (await readdir(this.#folder)).sort()) {
      if (!name.endsWith(".json")) continue;
      try {
        specs.push(readSpec(parse(await readFile(join(this.#folder, name), "utf8"))));
      } catch (error) {
        logDefect("A kept environment could not be read.", error, { file: name });
      }
    }
    return specs;
  }

  /** Either the old or the new spec is there, whenever the machine stops. */
  async save(spec: EnvironmentSpec): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const file = this.#file(spec.id);
    const draft = `${file}.new`;
    const handle = await open(draft, "w", 0o600);
    try {
      await handle.writeFile(JSON.stringify(spec));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
    await this.#syncFolder();
  }

  async remove(id: string): Promise<void> {
    await rm(this.#file(id), { force: true });
    await this.#syncFolder();
  }

  #file(id: string): string {
    return join(this.#folder, `${id}.json`);
  }

  async #syncFolder(): Promise<void> {
    const folder = await open(this.#folder, "r").catch(() => null);
    try {
      await folder?.sync();
    } finally {
      await folder?.close();
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message would quote the file, which holds a password.
    throw new Error("The file is not valid JSON.");
  }
}
