import { AppError } from "#lib/errors/AppError.ts";
import type { GitDirectory } from "./GitDirectory.ts";
import { GitError, runGit } from "./runGit.ts";

export interface TreeEntry {
  readonly mode: string;
  readonly kind: "file" | "symlink" | "submodule";
  readonly object: string;
  /** In bytes; 0 for a submodule. */
  readonly size: number;
  readonly path: string;
}

export const maxTreeEntries = 5000;
const maxListing = maxTreeEntries * 400;

/** Every file of a commit, in Git's order. Throws `payload_too_large` beyond 5000 files, `invalid_input` for a path that is not UTF-8. */
export async function readTree(directory: GitDirectory, commit: string): Promise<readonly TreeEntry[]> {
  const listing = await list(directory, commit);
  const entries: TreeEntry[] = [];
  for (let at = 0; at < listing.length; ) {
    const end = listing.indexOf(0, at);
    entries.push(entry(listing.subarray(at, end)));
    at = end + 1;
  }
  if (entries.length > maxTreeEntries) throw tooMany();
  return entries;
}

async function list(directory: GitDirectory, commit: string): Promise<Buffer> {
  try {
    return await runGit(directory, ["ls-tree", "-r", "-l", "-z", "--full-tree", commit], { maxOutput: maxListing });
  } catch (error) {
    if (error instanceof GitError && error.reason === "overflow") throw tooMany(error);
    throw error;
  }
}

const kinds: Readonly<Record<string, TreeEntry["kind"]>> = {
  "100644": "file",
  "100755": "file",
  "100664": "file",
  "120000": "symlink",
  "160000": "submodule",
};

function entry(line: Buffer): TreeEntry {
  const tab = line.indexOf(9);
  const [mode = "", , object = "", size = ""] = line.toString("latin1", 0, tab).split(/ +/);
  let path: string;
  try {
    path = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(line.subarray(tab + 1));
  } catch (cause) {
    const shown = line.toString("utf8", tab + 1);
    throw new AppError("invalid_input", `The file name "${shown}" is not UTF-8. Rename the file.`, { cause });
  }
  return { mode, kind: kinds[mode] ?? "file", object, size: size === "-" ? 0 : Number(size), path };
}

function tooMany(cause?: unknown): AppError {
  return new AppError(
    "payload_too_large",
    `The repository holds more than ${maxTreeEntries} files. Take files out that are not part of the app.`,
    { cause },
  );
}
