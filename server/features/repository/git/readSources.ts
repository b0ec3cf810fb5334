import { isUtf8 } from "node:buffer";
import { AppError } from "#lib/errors/AppError.ts";
import type { Sources } from "#lib/model/sources.ts";
import type { GitDirectory } from "./GitDirectory.ts";
import { readBlobs } from "./readBlobs.ts";
import { readTree, type TreeEntry } from "./readTree.ts";

/** A larger file is carried along in the repository but is not handed out as text. In bytes. */
export const maxTextFile = 2 * 1024 * 1024;
/** Of all text files of one commit together. In bytes. */
export const maxTextTotal = 24 * 1024 * 1024;

export interface CommitSources {
  /** All text files: UTF-8 without NUL, not larger than `maxTextFile`. */
  readonly files: Sources;
  /** Every entry of the tree, the ones that are no text included. */
  readonly entries: ReadonlyMap<string, TreeEntry>;
  /** Paths of regular files within the size limit that are not text. */
  readonly binary: ReadonlySet<string>;
}

/** Reads a commit's files. Throws `payload_too_large` where they are too many or too large together. */
export async function readSources(directory: GitDirectory, commit: string): Promise<CommitSources> {
  const entries = await readTree(directory, commit);
  const candidates = entries.filter(({ kind, size }) => kind === "file" && size <= maxTextFile);
  const total = candidates.reduce((sum, { size }) => sum + size, 0);
  if (total > maxTextTotal) {
    throw new AppError(
      "payload_too_large",
      `The repository's files are larger than ${maxTextTotal / 1024 / 1024} MiB together. Take large files out of it.`,
    );
  }
  const blobs = await readBlobs(
    directory,
    candidates.map(({ object }) => object),
  );
  const texts: [string, string][] = [];
  const binary = new Set<string>();
  for (const [index, { path }] of candidates.entries()) {
    const text = asText(blobs[index] ?? Buffer.alloc(0));
    if (text === null) binary.add(path);
    else texts.push([path, text]);
  }
  return {
    files: Object.freeze(Object.fromEntries(texts)),
    entries: new Map(entries.map((entry) => [entry.path, entry])),
    binary,
  };
}

function asText(bytes: Buffer): string | null {
  return isUtf8(bytes) && !bytes.includes(0) ? bytes.toString("utf8") : null;
}
