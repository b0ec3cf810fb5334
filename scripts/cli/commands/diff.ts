import { describeChanges } from "#server/features/model/service.ts";
import type { Context } from "../Context.ts";
import { folderOf } from "../project/folderOf.ts";
import { readCommitFiles } from "../project/readCommitFiles.ts";
import { readFolder } from "../project/readFolder.ts";

/** What lies between two states of the app, in words: by default between the last commit and the files as they stand. */
export async function diff({ terminal }: Context, from: string, to: string | undefined): Promise<void> {
  const folder = await folderOf();
  const before = await readCommitFiles(folder, from);
  const after = to === undefined ? await readFolder(folder) : await readCommitFiles(folder, to);
  const changes = describeChanges(before, after);
  terminal.print(changes.length === 0 ? "Nothing differs." : changes.join("\n"));
  terminal.result({ from, to: to ?? null, changes });
}
