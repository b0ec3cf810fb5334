import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const config = `[core]
\trepositoryformatversion = 0
\tfilemode = true
\tbare = true
[gc]
\tauto = 2000
`;

/** Lays out an empty bare repository with the branch `main` as its head. The folder must not be there yet. */
export async function initialiseRepository(path: string): Promise<void> {
  await mkdir(path);
  for (const folder of ["objects/info", "objects/pack", "refs/heads", "refs/tags", "info"]) {
    await mkdir(join(/* turbopackIgnore: true */ path, folder), { recursive: true });
  }
  await writeFile(join(/* turbopackIgnore: true */ path, "config"), config);
  await writeFile(join(/* turbopackIgnore: true */ path, "HEAD"), "ref: refs/heads/main\n");
}
