import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterEach, beforeEach, expect, test } from "vitest";
import { freePort } from "../freePort.ts";
import { ownDatabase } from "./ownDatabase.ts";
import { type PostgresOptions, startPostgres } from "./PostgresServer.ts";

let parent: string;
let options: PostgresOptions;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "postgres-server-"));
  await chmod(parent, 0o711);
  options = {
    folder: join(parent, "postgres"),
    port: await freePort(),
    password: "secret",
    durable: false,
    maxConnections: 20,
  };
});
afterEach(() => rm(parent, { recursive: true }));

async function ask(url: string, statement: string): Promise<readonly object[]> {
  const sql = postgres(url, { max: 1 });
  try {
    return await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}

test("a server that outlived its killed parent is stopped, and its data is there at the next start", async () => {
  const source = `
    import { startPostgres } from ${JSON.stringify(new URL("PostgresServer.ts", import.meta.url).href)};
    const server = await startPostgres(${JSON.stringify(options)});
    process.send({ url: server.url(), pid: server.process.pid });`;
  const launcher = spawn(process.execPath, ["--input-type=module", "--eval", source], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const [orphan] = (await once(launcher, "message")) as [{ url: string; pid: number }];
  await ask(orphan.url, "create table kept as select 42 as answer");
  launcher.kill("SIGKILL");
  await once(launcher, "exit");
  expect(process.kill(orphan.pid, 0)).toBe(true);

  const server = await startPostgres(options);
  expect(() => process.kill(orphan.pid, 0)).toThrow("ESRCH");
  expect(await ask(server.url(), "select answer from kept")).toEqual([{ answer: 42 }]);
  await server.stop();
});

test("the server listens on the loopback interface only and asks for a password", async () => {
  const server = await startPostgres(options);
  try {
    expect(await ask(server.url(), "show listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
    const wrong = server.url().replace("secret", "guess");
    await expect(ask(wrong, "select 1")).rejects.toThrow(/password authentication failed/);
  } finally {
    await server.stop();
  }
});

test("the control plane's database belongs to a role that is no superuser, and to nobody else", async () => {
  const server = await startPostgres(options);
  try {
    const url = await ownDatabase(server, "first");
    expect(await ownDatabase(server, "first")).toBe(url);
    expect(
      await ask(url, "select rolname, rolsuper, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user"),
    ).toEqual([{ rolname: "gantry", rolsuper: false, rolcreatedb: true, rolcreaterole: true }]);
    await ask(server.url(), "create role stranger login password 'stranger'");
    const stranger = url.replace("gantry:first", "stranger:stranger");
    for (const name of ["gantry", "postgres", "template1"]) {
      const address = stranger.replace(/gantry$/, name);
      await expect(ask(address, "select 1")).rejects.toThrow(`permission denied for database "${name}"`);
    }
    // A password that was changed in the secrets is changed on the server.
    expect(await ask(await ownDatabase(server, "second"), "select 1 as one")).toEqual([{ one: 1 }]);
  } finally {
    await server.stop();
  }
});

test("a port that is taken fails the start with a sentence", async () => {
  const server = await startPostgres(options);
  try {
    await expect(startPostgres({ ...options, folder: join(parent, "other") })).rejects.toThrow(
      `Port ${options.port} was taken before PostgreSQL could have it: start again.`,
    );
  } finally {
    await server.stop();
  }
});
