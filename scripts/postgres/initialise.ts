import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure, systemCode } from "../Failure.ts";
import type { Account } from "./Account.ts";
import { explain } from "./explain.ts";

export interface Initialisation {
  readonly initdb: string;
  readonly account: Account;
  /** Where the cluster's files go. */
  readonly folder: string;
  /** The superuser's. */
  readonly password: string;
  /** False saves time where the files need not survive a crash of the machine. */
  readonly durable: boolean;
}

/** The superuser of every cluster made here. */
export const superuser = "postgres";

const majorVersion = "18";

/** Whether the folder holds a cluster; refuses one that another major version made. */
export async function isInitialised(folder: string): Promise<boolean> {
  try {
    const version = (await readFile(join(folder, "PG_VERSION"), "utf8")).trim();
    if (version === majorVersion) return true;
    throw new Failure(
      `The data in ${folder} was made by PostgreSQL ${version} and this one is ${majorVersion}: move it away, or dump and load it.`,
    );
  } catch (error) {
    if (systemCode(error) === "ENOENT") return false;
    throw error;
  }
}

/** Makes a cluster: UTF-8 with the builtin C.UTF-8 locale whatever the machine's is, passwords by SCRAM only. */
export async function initialise(options: Initialisation): Promise<void> {
  // Made beside its place and moved there when complete, so that a half-made cluster is never taken for one.
  const unfinished = `${options.folder}.new`;
  const passwordFile = `${options.folder}.password`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await chmod(unfinished, 0o700);
  await writeFile(passwordFile, options.password, { mode: 0o600 });
  const { uid, gid } = options.account;
  if (uid !== undefined) for (const path of [unfinished, passwordFile]) await chown(path, uid, gid);
  try {
    await run(options, [
      `--pgdata=${unfinished}`,
      `--username=${superuser}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--no-instructions",
      ...(options.durable ? [] : ["--no-sync"]),
    ]);
    await rename(unfinished, options.folder);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function run({ initdb, account }: Initialisation, parameters: readonly string[]): Promise<void> {
  const child = spawn(initdb, parameters, {
    ...account,
    cwd: "/",
    env: serverEnvironment(),
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Failure(explain("PostgreSQL could not make its data folder", said));
}

/** Nothing of our own environment reaches the server: no locale, no PG* variables, no secrets. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC", NODE_ENV: "production" };
}
