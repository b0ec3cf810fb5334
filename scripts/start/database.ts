import { access } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../Failure.ts";
import { serverAccount } from "../postgres/Account.ts";
import { clusterFolder } from "../postgres/clusterFolder.ts";
import { isInitialised } from "../postgres/initialise.ts";
import type { PostgresOptions } from "../postgres/PostgresServer.ts";
import { LogFile } from "./LogFile.ts";
import { loadSecrets, type Secrets } from "./secrets.ts";

/** The installation's secrets; refuses to make new ones for a database that only the old ones open. */
export async function secretsOf(data: string): Promise<Secrets> {
  const there = (name: string) =>
    access(join(data, name)).then(
      () => true,
      () => false,
    );
  if ((await there("postgres")) && !(await there("secrets.json"))) {
    throw new Failure(
      `${join(data, "secrets.json")} is missing and the data in ${join(data, "postgres")} cannot be opened without it: restore it, or remove ${data} to begin anew.`,
    );
  }
  return loadSecrets(data);
}

export interface EmbeddedServer {
  readonly data: string;
  readonly logs: string;
  readonly port: number;
  readonly secrets: Secrets;
}

/** How the embedded server of an instance is run, and whether this is its first time. */
export async function embeddedServer(server: EmbeddedServer): Promise<{ options: PostgresOptions; isNew: boolean }> {
  const folder = await clusterFolder(server.data, serverAccount());
  const log = new LogFile(join(server.logs, "postgres.log"));
  const options: PostgresOptions = {
    folder,
    port: server.port,
    password: server.secrets.POSTGRES_SUPERUSER_PASSWORD,
    durable: true,
    maxConnections: 200,
    onLog: (line) => log.write(line),
  };
  return { options, isNew: !(await isInitialised(folder)) };
}
