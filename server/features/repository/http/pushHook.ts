import { createHash } from "node:crypto";
import { access, chmod, constants, mkdir, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

/** Where Git finds the hook that judges a push, and what the hook itself is told. */
export interface PushHook {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

// Everything is named by the server; were a name missing, the hook would fail and the push be refused.
const script = `#!/bin/sh
exec "$GANTRY_HOOK_NODE" --disable-warning=ExperimentalWarning --max-old-space-size=512 "$GANTRY_HOOK" \\
  "$PWD" "$GIT_OBJECT_DIRECTORY" "$GIT_ALTERNATE_OBJECT_DIRECTORIES" "$PATH"
`;

/**
 * Writes the hook below the data folder, under a name made of its content, so that every version of Gantry uses its own
 * and none is ever rewritten while it runs. Throws unless it can be executed: Git would go on without it.
 */
export async function installPushHook(dataFolder: string): Promise<PushHook> {
  const version = createHash("sha256").update(script).digest("hex").slice(0, 16);
  const folder = resolve(dataFolder, "git-hooks", version);
  const file = join(folder, "pre-receive");
  if (!(await isExecutable(file))) {
    const draft = `${file}.${crypto.randomUUID()}`;
    await mkdir(folder, { recursive: true });
    await writeFile(draft, script);
    await chmod(draft, 0o755);
    await rename(draft, file);
    await access(file, constants.X_OK);
  }
  // The program is run from the sources by a Node of its own, so it is found from the project's folder.
  const program = join(/* turbopackIgnore: true */ process.cwd(), "server/features/repository/hooks/preReceive.ts");
  await access(program, constants.R_OK);
  return { folder, environment: { GANTRY_HOOK_NODE: process.execPath, GANTRY_HOOK: program } };
}

async function isExecutable(file: string): Promise<boolean> {
  return await access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
