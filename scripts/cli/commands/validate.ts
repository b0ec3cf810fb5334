import { readModel } from "#lib/model/read/readModel.ts";
import type { Context } from "../Context.ts";
import { folderOf } from "../project/folderOf.ts";
import { requireSound } from "../project/localProblems.ts";
import { readFolder } from "../project/readFolder.ts";

/** Checks the app's files as they stand, without asking anybody. */
export async function validate({ terminal }: Context, folder: string | undefined): Promise<void> {
  const files = await readFolder(folder ?? (await folderOf()));
  const problems = requireSound(files, terminal);
  const count = readModel(files).model?.resources.length ?? 0;
  terminal.print(`The app has ${count} ${count === 1 ? "resource" : "resources"} and no errors.`);
  terminal.result({ resources: count, problems });
}
