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
}

const hex = () => randomBytes(32).toString("hex");

const makers: { readonly [Name in keyof Secrets]: () => string } = {
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
  const secrets = Object.fromEntries(
    Object.entries(makers).map(([name, make]) => [name, kept[name] ?? make()]),
  ) as unknown as Secrets;
  if (Object.keys(makers).some((name) => kept[name] === undefined)) {
    // Moved into place when complete: secrets that were lost half-way would lock their data for good.
    await writeFile(`${file}.new`, `${JSON.stringify(secrets, undefined, 2)}\n`, { mode: 0o600 });
    await rename(`${file}.new`, file);
  } else {
    await chmod(file, 0o600);
  }
  return secrets;
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
