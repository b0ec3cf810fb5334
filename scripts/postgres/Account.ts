import { spawnSync } from "node:child_process";
import { Failure } from "../Failure.ts";

/** The system account that PostgreSQL runs as; empty where it is our own. */
export type Account = { readonly uid: number; readonly gid: number } | Record<string, never>;

/** PostgreSQL refuses to run as root: root borrows the account `postgres`, which is made where it is missing. */
export function serverAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  const found = lookUp("postgres");
  if (found) return found;
  // Debian, Fedora and the like have useradd; Alpine has busybox's adduser.
  spawnSync("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"]);
  if (!lookUp("postgres")) spawnSync("adduser", ["-S", "-D", "-H", "-s", "/sbin/nologin", "postgres"]);
  const made = lookUp("postgres");
  if (made) return made;
  throw new Failure(
    "PostgreSQL does not run as root and the account “postgres” could not be made: run this as another user, or set DATABASE_URL.",
  );
}

/** Whether the account gets to this folder or program: every folder above it must let it pass. */
export function canReach(account: Account, path: string): boolean {
  if (account.uid === undefined) return true;
  return spawnSync("test", ["-x", path], account).status === 0;
}

function lookUp(name: string): Account | undefined {
  const ask = (flag: string) => spawnSync("id", [flag, name], { encoding: "utf8" });
  const uid = ask("-u");
  const gid = ask("-g");
  if (uid.status !== 0 || gid.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}
