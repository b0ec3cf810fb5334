import { lookup } from "node:dns/promises";
import type { Settings } from "./Settings.ts";

/** Where people find an instance. */
export interface Addresses {
  readonly web: string;
  /** Of an app, with `{app}` for its label. */
  readonly apps: string;
}

/** NEXTAUTH_URL and GANTRY_APPS_URL where they are set, else addresses on this machine. */
export async function publicAddresses({ host, port, runtimePort, environment }: Settings): Promise<Addresses> {
  const local = ["127.0.0.1", "::1", "0.0.0.0", "::", "localhost"].includes(host);
  const name = local ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return {
    web: environment.NEXTAUTH_URL || `http://${name}:${port}`,
    apps: environment.GANTRY_APPS_URL || (await appsAt(name, runtimePort)),
  };
}

/** Subdomains where this machine resolves those of localhost (browsers do by themselves, curl and Git ask it), else paths. */
async function appsAt(name: string, port: number): Promise<string> {
  if (name === "localhost") {
    const found = await lookup("app.localhost").catch(() => undefined);
    if (found?.address === "127.0.0.1" || found?.address === "::1") return `http://{app}.localhost:${port}`;
  }
  return `http://${name}:${port}/apps/{app}`;
}
