import { isIP } from "node:net";
import { resolve } from "node:path";
import { Failure } from "../Failure.ts";
import { root } from "../root.ts";
import { requireWholeInngest } from "./ownInngest.ts";

/** What the person who starts Gantry may choose, read from the environment. */
export interface Settings {
  /** `dev` reloads on every change of a source file. */
  readonly mode: "start" | "dev";
  /** Everything that this instance keeps: databases, repositories, secrets, logs. */
  readonly data: string;
  /** The address that the web application and the apps listen on. */
  readonly host: string;
  readonly port: number;
  readonly runtimePort: number;
  /** A PostgreSQL of one's own; undefined for the embedded one. */
  readonly databaseUrl: string | undefined;
  /** The rest of the environment, handed on to the programs. */
  readonly environment: NodeJS.ProcessEnv;
}

export function readSettings(mode: Settings["mode"], environment: NodeJS.ProcessEnv = process.env): Settings {
  const settings = {
    mode,
    data: resolve(root, environment.GANTRY_DATA || ".gantry"),
    host: environment.GANTRY_HOST || addressIn(environment.HOST) || "127.0.0.1",
    port: readPort(environment, "PORT", 3000),
    runtimePort: readPort(environment, "GANTRY_RUNTIME_PORT", 4000),
    databaseUrl: environment.DATABASE_URL || undefined,
    environment,
  };
  if (settings.port === settings.runtimePort) {
    throw new Failure(`PORT and GANTRY_RUNTIME_PORT are both ${settings.port}: give one of them another port.`);
  }
  requireWholeInngest(environment);
  return settings;
}

/** Some shells export HOST as the machine's name, which is not an address to listen on. */
function addressIn(host: string | undefined): string | undefined {
  return host && (isIP(host) || host === "localhost") ? host : undefined;
}

function readPort(environment: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const text = environment[name];
  if (!text) return otherwise;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Failure(`${name} is “${text}” and must be a port: a whole number from 1 to 65535.`);
}
