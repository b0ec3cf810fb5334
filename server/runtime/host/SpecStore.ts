import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { EnvironmentSpec } from "#lib/compile/Snapshot.ts";
import { needsQueue } from "#lib/compile/schema/needsQueue.ts";
import { logDefect } from "../log.ts";
import { readSpec } from "./readSpec.ts";

export interface SpecHead extends Pick<EnvironmentSpec, "id" | "label" | "revision" | "release"> {
  /** The release that is tried beside. */
  readonly candidate?: number;
  /** Whether the app has work that goes on by itself. */
  readonly works?: boolean;
}

/** How `save` begins every file. */
const headOf =
  /^\{"id":"([A-Za-z0-9_-]+)","label":"([a-z0-9-]+)","revision":(\d+),"release":(\d+),(?:"candidate":(\d+),)?(?:"works":(true),)?/;
const headBytes = 256;

/** What keeps specs between starts. */
export type KeptSpecs = Pick<SpecStore, "heads" | "read" | "save" | "remove">;

/** Keeps the specs in a folder, one file each that only this program's user can read: they hold passwords. */
export class SpecStore {
  readonly #folder: string;

  constructor(stateFolder: string) {
    this.#folder = join(stateFolder, "environments");
  }

  /** What is known of all kept specs without reading them; a file that cannot be read is left alone and told of. */
  async heads(): Promise<readonly SpecHead[]> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const heads: SpecHead[] = [];
    for (const name of (await readdir(this.#folder)).sort()) {
      if (!name.endsWith(".json")) continue;
      try {
        heads.push(await this.#head(name));
      } catch (error) {
        logDefect("A kept environment could not be read.", error, { file: name });
      }
    }
    return heads;
  }

  async read(id: string): Promise<EnvironmentSpec> {
    return readKept(await readFile(this.#file(id), "utf8"));
  }

  /** Either the old or the new spec is there, whenever the machine stops. */
  async save(spec: EnvironmentSpec): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const file = this.#file(spec.id);
    const draft = `${file}.new`;
    const handle = await open(draft, "w", 0o600);
    try {
      const { works, ...head } = headIn(spec);
      await handle.writeFile(JSON.stringify({ ...head, ...(works && { works }), ...spec }));
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

  async #head(name: string): Promise<SpecHead> {
    const handle = await open(join(this.#folder, name), "r");
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
      const found = headOf.exec(buffer.toString("utf8", 0, bytesRead));
      if (found?.[1] && found[2]) {
        const [, id, label, revision, release, candidate, works] = found;
        return {
          id,
          label,
          revision: Number(revision),
          release: Number(release),
          ...(candidate !== undefined && { candidate: Number(candidate) }),
          works: works === "true",
        };
      }
    } finally {
      await handle.close();
    }
    const spec = readKept(await readFile(join(this.#folder, name), "utf8"));
    return headIn(spec);
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

/** What is known of a spec while its environment sleeps. */
export function headIn({ id, label, revision, release, rollout, snapshot }: EnvironmentSpec): SpecHead {
  const candidate = rollout && { candidate: rollout.candidate.release };
  return { id, label, revision, release, ...candidate, works: needsQueue(snapshot.model) };
}

/** Those that were kept before desired states were numbered are older than all others. */
function readKept(text: string): EnvironmentSpec {
  const kept = parse(text);
  if (typeof kept !== "object" || kept === null) return readSpec(kept);
  const { candidate: _, works: __, ...spec } = { revision: 0, ...kept } as Readonly<Record<string, unknown>>;
  return readSpec(spec);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message would quote the file, which holds a password.
    throw new Error("The file is not valid JSON.");
  }
}
