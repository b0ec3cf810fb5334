import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import { CliFailure } from "../CliFailure.ts";

const shape = z.object({
  /** The instance that is meant where nothing says another. */
  current: z.string().nullable(),
  instances: z.record(z.string(), z.object({ token: z.string(), email: z.string() })),
});

export type Credentials = z.infer<typeof shape>;

/** `$XDG_CONFIG_HOME/gantry/credentials.json`, readable by its owner only. */
function credentialsFile(): string {
  return join(process.env.XDG_CONFIG_HOME ?? join(homedir(), ".config"), "gantry", "credentials.json");
}

export async function readCredentials(): Promise<Credentials> {
  const text = await readFile(credentialsFile(), "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return { current: null, instances: {} };
  const parsed = shape.safeParse(readJson(text));
  if (parsed.success) return parsed.data;
  throw new CliFailure(
    `${credentialsFile()} is not as this program wrote it. Delete it and sign in again: gantry login.`,
  );
}

export async function keepCredentials(credentials: Credentials): Promise<void> {
  const file = credentialsFile();
  const draft = `${file}.${process.pid}`;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(draft, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
