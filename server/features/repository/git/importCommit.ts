import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { GitDirectory } from "./GitDirectory.ts";
import { nowhere, tryMove } from "./moveBranch.ts";
import { runGit } from "./runGit.ts";

export interface Author {
  readonly name: string;
  readonly email: string;
}

export interface TreeChange {
  readonly path: string;
  /** Null removes the file; a name is that of an object which the repository has. */
  readonly content: Buffer | string | null;
  readonly mode: "100644" | "100755" | "120000" | "160000";
}

export interface CommitImport {
  /** Without `refs/heads/`. */
  readonly branch: string;
  /** The commit that the changes are made on; null for the first one of a branch. */
  readonly parent: string | null;
  /** The second parent of a merge. */
  readonly merged?: string;
  readonly changes: readonly TreeChange[];
  readonly author: Author;
  readonly message: string;
}

const committer: Author = { name: "Gantry", email: "gantry@localhost" };

/**
 * Writes a commit and moves the branch to it: objects first, the branch last, under the branch's lock and only if it
 * still stands at `parent`. What is ended in between leaves the branch where it was (the stream has an explicit end, so
 * half a stream is never taken for a whole one).
 */
export async function importCommit(directory: GitDirectory, commit: CommitImport): Promise<{ commit: string }> {
  const begun = Date.now();
  try {
    const output = await runGit(directory, ["fast-import", "--quiet", "--done", "--date-format=raw"], {
      input: stream(commit),
      maxOutput: 1024,
    });
    const made = output.toString("latin1").trim();
    const { branch, parent } = commit;
    if (parent) await tryMove(directory, { branch, from: parent, to: made });
    return { commit: made };
  } catch (error) {
    await removeDebris(directory.path, begun);
    throw error;
  }
}

const debris = /^(?:fast_import_crash_\d+|tmp_(?:pack|idx)_\w+)$/;

/** What Git leaves of an import that failed, which nobody needs: least of all a disk that is full. */
async function removeDebris(path: string, since: number): Promise<void> {
  for (const folder of [path, join(path, "objects/pack")]) {
    for (const name of await readdir(folder).catch(() => [])) {
      if (!debris.test(name)) continue;
      const file = join(folder, name);
      const found = await stat(file).catch(() => null);
      // Moments of files are coarser than clocks.
      if (found && found.mtimeMs >= since - 2000) await rm(file, { force: true });
    }
  }
}

function stream({ branch, parent, merged, changes, author, message }: CommitImport): Buffer {
  const now = `${Math.floor(Date.now() / 1000)} +0000`;
  const parts: Buffer[] = [];
  const line = (text: string) => parts.push(Buffer.from(`${text}\n`));
  const data = (bytes: Buffer) => {
    line(`data ${bytes.length}`);
    parts.push(bytes);
    line("");
  };
  // Of itself Git would move a branch that was set back meanwhile, and make one again that was deleted.
  const ref = parent ? `refs/gantry/${crypto.randomUUID()}` : `refs/heads/${branch}`;
  line(`commit ${ref}`);
  line("mark :1");
  line(`author ${identity(author)} ${now}`);
  line(`committer ${identity(committer)} ${now}`);
  data(Buffer.from(message));
  if (parent) line(`from ${parent}`);
  if (merged) line(`merge ${merged}`);
  // What goes makes room for what comes: a file may give way to a folder of its name.
  for (const { path, content } of changes) if (content === null) line(`D ${quote(path)}`);
  for (const { path, content, mode } of changes) {
    if (content === null) continue;
    if (typeof content === "string") line(`M ${mode} ${content} ${quote(path)}`);
    else {
      line(`M ${mode} inline ${quote(path)}`);
      data(content);
    }
  }
  line("");
  line("get-mark :1");
  if (parent) {
    line(`reset ${ref}`);
    line(`from ${nowhere}`);
    line("");
  }
  line("done");
  return Buffer.concat(parts);
}

function identity({ name, email }: Author): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Git's line format has no place for them
  const plain = (text: string) => text.replace(/[\u0000-\u001f\u007f<>]/g, " ").trim();
  return `${plain(name) || "unknown"} <${plain(email)}>`;
}

function quote(path: string): string {
  return `"${path.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}
