import { readFile, writeFile } from "node:fs/promises";
import { isIPv6 } from "node:net";
import { join } from "node:path";
import { Failure } from "../Failure.ts";
import { freePort, isFree } from "../freePort.ts";
import type { Settings } from "./Settings.ts";

/** Ports on 127.0.0.1 that only our own programs use. */
export interface InternalPorts {
  readonly postgres: number;
  readonly jobs: number;
  readonly runtimeAdmin: number;
}

/** Picked once and kept, so that addresses stay the same from start to start; a port that was taken since is picked anew. */
export async function internalPorts(data: string): Promise<InternalPorts> {
  const file = join(data, "ports.json");
  const kept = await readFile(file, "utf8").then(
    (text) => JSON.parse(text) as Partial<InternalPorts>,
    () => ({}) as Partial<InternalPorts>,
  );
  const keep = async (port: number | undefined) => (port && (await isFree(port)) ? port : await freePort());
  const ports = {
    postgres: await keep(kept.postgres),
    jobs: await keep(kept.jobs),
    runtimeAdmin: await keep(kept.runtimeAdmin),
  };
  await writeFile(file, `${JSON.stringify(ports, undefined, 2)}\n`);
  return ports;
}

/** Refuses to go on when somebody listens on a port that people will use. */
export async function refuseBusyPorts({ host, port, runtimePort }: Settings): Promise<void> {
  // A browser that is sent to “localhost” tries ::1 too and would find the stranger there.
  const addresses = host === "127.0.0.1" || host === "localhost" ? ["127.0.0.1", "::1"] : [host];
  for (const [variable, number] of [
    ["PORT", port],
    ["GANTRY_RUNTIME_PORT", runtimePort],
  ] as const) {
    for (const address of addresses) {
      if (await isFree(number, address)) continue;
      const shown = isIPv6(address) ? `[${address}]` : address;
      throw new Failure(
        `Port ${number} on ${shown} is in use by another program: stop that, or set ${variable} to another port.`,
      );
    }
  }
}
