import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { freePort } from "#scripts/freePort.ts";

export interface Rival extends Disposable {
  readonly pid: number;
  /** Without a slash at the end. */
  readonly base: string;
}

/** Starts a server that we compare with, in a process of its own, on a database. */
export async function startRival(name: "fastify" | "postgraphile", databaseUrl: string): Promise<Rival> {
  installRivals();
  const port = await freePort();
  const child = fork(new URL(`./rivals/${name}.mjs`, import.meta.url), {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      GRAPHILE_ENV: "production",
      DATABASE_URL: databaseUrl,
      PORT: String(port),
    },
  });
  const died = once(child, "exit").then(() => Promise.reject(new Error(`${name} did not start.`)));
  await Promise.race([once(child, "message"), died]);
  died.catch(() => {});
  return { pid: child.pid ?? 0, base: `http://127.0.0.1:${port}`, [Symbol.dispose]: () => child.disconnect() };
}

/** Rivals have packages of their own, so that none of them is ever a part of the product. */
function installRivals(): void {
  const folder = fileURLToPath(new URL("./rivals/", import.meta.url));
  if (existsSync(`${folder}node_modules/.package-lock.json`)) return;
  console.error("Installing what the bench compares with …");
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--no-save"], { cwd: folder, stdio: "ignore" });
}
