import { randomBytes } from "node:crypto";
import { chmod, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure, systemCode } from "../Failure.ts";

/** The secrets of one installation. Each may be overruled by the environment variable of its name. */
export interface Secrets {
  readonly POSTGRES_SUPERUSER_PASSWORD: string;
  readonly POSTGRES_PASSWORD: string;
  readonly GANTRY_SECRET: string;
  readonly NEXTAUTH_SECRET: string;
  readonly GANTRY_RUNTIME_ADMIN_SECRET: string;
  readonly GANTRY_TELEMETRY_SECRET: string;
  readonly INNGEST_EVENT_KEY: string;
  readonly INNGEST_SIGNING_KEY: string;
  /** Of a rotation (`npm run rotate-secrets`), with commas between: what still opens until all is sealed anew. */
  readonly GANTRY_SECRET_PREVIOUS?: string;
  /** What opens nothing any more but the files of backups from its time, with commas between. */
  readonly GANTRY_SECRET_RETIRED?: string;
  /** The one before, by which people stay signed in. */
  readonly NEXTAUTH_SECRET_PREVIOUS?: string;
}

/** The secrets that every installation has. */
type Made = "POSTGRES_SUPERUSER_PASSWORD" | "POSTGRES_PASSWORD" | "GANTRY_SECRET" | "NEXTAUTH_SECRET" | Channels;

type Channels = "GANTRY_RUNTIME_ADMIN_SECRET" | "GANTRY_TELEMETRY_SECRET" | "INNGEST_EVENT_KEY" | "INNGEST_SIGNING_KEY";

const hex = () => randomBytes(32).toString("hex");

const makers: { readonly [Name in Made]: () => string } = {
  POSTGRES_SUPERUSER_PASSWORD: hex,
  POSTGRES_PASSWORD: hex,
  GANTRY_SECRET: hex,
  NEXTAUTH_SECRET: hex,
  GANTRY_RUNTIME_ADMIN_SECRET: hex,
  GANTRY_TELEMETRY_SECRET: hex,
  INNGEST_EVENT_KEY: hex,
  // Inngest's SDK knows a key by this prefix, which is not part of what it signs with.
  INNGEST_SIGNING_KEY: () => `signkey-prod-${hex()}`,
};

/** Reads the installation's secrets, making those that are missing; the file is for its owner's eyes only. */
export async function loadSecrets(data: string): Promise<Secrets> {
  const file = join(data, "secrets.json");
  const kept = await read(file);
  const made = Object.fromEntries(Object.entries(makers).map(([name, make]) => [name, kept[name] ?? make()]));
  const secrets = { ...kept, ...made } as unknown as Secrets;
  if (Object.keys(makers).some((name) => kept[name] === undefined)) await write(file, secrets);
  else await chmod(file, 0o600);
  return secrets;
}

/** Gives the installation a new key for what it seals, and another for cookies; the old ones still open. */
export async function renewSecrets(data: string): Promise<void> {
  const secrets = await loadSecrets(data);
  const { GANTRY_SECRET, GANTRY_SECRET_PREVIOUS, NEXTAUTH_SECRET } = secrets;
  await write(join(data, "secrets.json"), {
    ...secrets,
    GANTRY_SECRET: makers.GANTRY_SECRET(),
    GANTRY_SECRET_PREVIOUS: listed(GANTRY_SECRET, GANTRY_SECRET_PREVIOUS),
    NEXTAUTH_SECRET: makers.NEXTAUTH_SECRET(),
    NEXTAUTH_SECRET_PREVIOUS: NEXTAUTH_SECRET,
  });
}

/** After all is sealed anew, what was sealed by the older keys is nowhere but in the files of backups. */
export async function retireSecrets(data: string, previous: string): Promise<void> {
  const { GANTRY_SECRET_PREVIOUS, GANTRY_SECRET_RETIRED, ...secrets } = await loadSecrets(data);
  // Renewed again in the meantime: it ends at the next start.
  if (GANTRY_SECRET_PREVIOUS !== previous) return;
  await write(join(data, "secrets.json"), {
    ...secrets,
    GANTRY_SECRET_RETIRED: listed(previous, GANTRY_SECRET_RETIRED),
  });
}

function listed(first: string, rest: string | undefined): string {
  return rest ? `${first},${rest}` : first;
}

/** Moved into place when complete: secrets that were lost half-way would lock their data for good. */
async function write(file: string, secrets: Secrets): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(secrets, undefined, 2)}\n`, { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
}

async function read(file: string): Promise<Partial<Record<string, string>>> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Partial<Record<string, string>>;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return {};
    if (error instanceof SyntaxError)
      throw new Failure(`${file} is damaged: restore it, or remove the whole folder to begin anew.`);
    throw error;
  }
}
