import type { GitDirectory } from "./GitDirectory.ts";
import { runGit } from "./runGit.ts";

/** The contents of the named blobs, in the order asked for, in one run of Git. */
export async function readBlobs(directory: GitDirectory, objects: readonly string[]): Promise<readonly Buffer[]> {
  if (objects.length === 0) return [];
  const output = await runGit(directory, ["cat-file", "--batch"], { input: Buffer.from(`${objects.join("\n")}\n`) });
  const blobs: Buffer[] = [];
  let at = 0;
  for (const object of objects) {
    const end = output.indexOf(10, at);
    const [name, type, size] = output.toString("latin1", at, end).split(" ");
    if (name !== object || type !== "blob") throw new Error(`Object ${object} cannot be read: ${type}`);
    const start = end + 1;
    at = start + Number(size);
    blobs.push(output.subarray(start, at));
    at += 1;
  }
  return blobs;
}
