import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { RuntimeConfig } from "../config.ts";
import type { FileStore } from "../files/FileStore.ts";
import { folderStore } from "../files/folderStore.ts";
import { s3Store } from "../files/s3Store.ts";
import { Metrics } from "../http/Metrics.ts";
import { adminServer } from "./adminServer.ts";
import { Environments } from "./Environments.ts";
import { mounts } from "./mounts.ts";
import { publicServer } from "./publicServer.ts";
import { SpecStore } from "./SpecStore.ts";

export interface Runtime {
  readonly port: number;
  readonly adminPort: number;
  /** Takes no new requests, answers those under way, ends all connections. */
  stop(): Promise<void>;
}

export async function startRuntime(config: RuntimeConfig): Promise<Runtime> {
  const environments = new Environments(new SpecStore(config.stateFolder), fileStore(config));
  const metrics = new Metrics();
  let ready = false;
  const app = publicServer({ environments, mounts, metrics, appsUrl: config.appsUrl, isReady: () => ready });
  const admin = adminServer(environments, config.adminSecret);
  metrics.gauge({ name: "gantry_environments", help: "Environments served.", value: () => environments.all.length });
  metrics.gauge({ name: "gantry_apps", help: "Different models among them.", value: () => environments.apps });
  metrics.gauge({
    name: "gantry_database_requests",
    help: "Statements under way or waiting for a connection.",
    value: () => environments.all.reduce((sum, { database }) => sum + database.pending, 0),
  });
  metrics.gauge({
    name: "gantry_resident_bytes",
    help: "Memory of this process.",
    value: () => process.memoryUsage.rss(),
  });
  const port = await listen(app, config.port, config.host);
  await environments.resume();
  const adminPort = await listen(admin, config.adminPort, "127.0.0.1");
  ready = true;
  return {
    port,
    adminPort,
    async stop() {
      ready = false;
      await Promise.all([close(app), close(admin)]);
      await environments.close();
    },
  };
}

function fileStore({ stateFolder, s3 }: RuntimeConfig): FileStore {
  return s3 ? s3Store(s3) : folderStore(join(stateFolder, "files"));
}

function listen(server: Server, port: number, host: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once("error", reject);
  server.listen(port, host, () => {
    server.off("error", reject);
    resolve((server.address() as AddressInfo).port);
  });
  return promise;
}

/** Connections that wait for a next request are ended at once, the others after their answer. */
function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeIdleConnections();
  const impatient = setTimeout(() => server.closeAllConnections(), 15_000);
  return promise.finally(() => clearTimeout(impatient));
}
