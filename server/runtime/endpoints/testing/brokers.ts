import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "#scripts/freePort.ts";

export interface Broker extends AsyncDisposable {
  readonly port: number;
}

/** A real Redis server that keeps nothing. */
export function redisServer(args: readonly string[] = []): Promise<Broker> {
  return broker("redis-server", (port, folder) => [
    ...["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no"],
    ...args,
  ]);
}

/** A real NATS server with JetStream in a folder of its own. */
export function natsServer(args: readonly string[] = []): Promise<Broker> {
  return broker("nats-server", (port, folder) => [
    "-a",
    "127.0.0.1",
    "-p",
    String(port),
    "-js",
    "-sd",
    folder,
    ...args,
  ]);
}

async function broker(
  program: string,
  argumentsFor: (port: number, folder: string) => readonly string[],
): Promise<Broker> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), `gantry-${program}-`));
  const child = spawn(program, argumentsFor(port, folder), { stdio: "ignore" });
  await Promise.race([answers(port), failed(child, program)]);
  return {
    port,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) {
        const exit = once(child, "exit");
        child.kill("SIGKILL");
        await exit;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function failed(child: ChildProcess, program: string): Promise<never> {
  await Promise.race([once(child, "exit"), once(child, "error")]);
  throw new Error(`${program} did not start.`);
}

/** Programs of others do not say when they listen. */
async function answers(port: number): Promise<void> {
  for (;;) {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const socket = connect(port, "127.0.0.1", () => resolve(true));
    socket.on("error", () => resolve(false));
    const isThere = await promise;
    socket.destroy();
    if (isThere) return;
    await pause(10);
  }
}
