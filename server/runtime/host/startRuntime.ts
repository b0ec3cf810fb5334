import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { RuntimeConfig } from "../config.ts";
import { guardPort } from "../egress/guardedPorts.ts";
import type { FileStore } from "../files/FileStore.ts";
import { folderStore } from "../files/folderStore.ts";
import { Load } from "../http/Load.ts";
import { Metrics } from "../http/Metrics.ts";
import { StreamCount } from "../http/Streams.ts";
import { Transfers } from "../http/Transfers.ts";
import { sampleGauges } from "../telemetry/sampleGauges.ts";
import { Telemetry } from "../telemetry/Telemetry.ts";
import type { TelemetryPush } from "../telemetry/TelemetryPush.ts";
import { adminServer } from "./adminServer.ts";
import type { Host } from "./answerRequest.ts";
import { Environments } from "./Environments.ts";
import { hostGauges } from "./hostGauges.ts";
import { defaultHostLimits } from "./hostLimits.ts";
import { mounts } from "./mounts.ts";
import { publicServer } from "./publicServer.ts";
import { restWhenIdle } from "./restWhenIdle.ts";
import { SpecStore } from "./SpecStore.ts";

export interface Runtime {
  readonly port: number;
  readonly adminPort: number;
  /** Takes no new requests, answers those under way, ends all connections. */
  stop(): Promise<void>;
}

export async function startRuntime(config: RuntimeConfig): Promise<Runtime> {
  const limits = { ...defaultHostLimits, ...config.limits };
  const streamCount = new StreamCount(limits.streams);
  const files = await fileStore(config);
  const { sleepSeconds, engine } = limits;
  const telemetry = new Telemetry();
  const environments = new Environments(new SpecStore(config.stateFolder), {
    files,
    streamCount,
    sleepSeconds,
    engine,
    telemetry,
  });
  const metrics = new Metrics();
  const load = new Load(limits.requests);
  const transfers = new Transfers(limits.transfers);
  let state: "starting" | "ready" | "stopping" = "starting";
  const host: Host = {
    environments,
    mounts,
    metrics,
    load,
    transfers,
    appsUrl: config.appsUrl,
    trustedProxies: config.trustedProxies ?? 0,
    whyNotReady: () => (state === "ready" ? null : state),
  };
  const app = publicServer(host, limits);
  const admin = adminServer(environments, config.adminSecret);
  for (const gauge of hostGauges({ environments, load, transfers, streamCount, server: app })) metrics.gauge(gauge);
  const rest = restWhenIdle(load);
  const port = await listen(app, config.port, config.host);
  await environments.resume();
  const adminPort = await listen(admin, config.adminPort, "127.0.0.1");
  guardPort(adminPort);
  const push = await telemetryPush(telemetry, environments, config);
  state = "ready";
  return {
    port,
    adminPort,
    async stop() {
      state = "stopping";
      rest.stop();
      // Whoever sends requests here is told by /readyz first.
      if (limits.drainSeconds > 0) await pause(1000 * limits.drainSeconds);
      const { endSeconds } = limits;
      const closing = [close(app, endSeconds), close(admin, endSeconds), environments.engine.stop(endSeconds)];
      environments.endStreams();
      await Promise.all(closing);
      await push?.stop();
      await environments.close();
      transfers.stop();
    },
  };
}

/** Only where somebody is to be told. */
async function telemetryPush(
  telemetry: Telemetry,
  environments: Environments,
  { telemetry: targets, stateFolder }: RuntimeConfig,
): Promise<TelemetryPush | null> {
  if (!targets?.home && !targets?.collector) return null;
  const { TelemetryPush } = await import("../telemetry/TelemetryPush.ts");
  return TelemetryPush.start(telemetry, { targets, stateFolder, sample: () => sampleGauges(environments.awake) });
}

async function fileStore({ stateFolder, s3 }: RuntimeConfig): Promise<FileStore> {
  if (!s3) return folderStore(join(stateFolder, "files"));
  const { s3Store } = await import("../files/s3Store.ts");
  return s3Store(s3);
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
function close(server: Server, seconds: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeIdleConnections();
  const impatient = setTimeout(() => server.closeAllConnections(), 1000 * seconds);
  return promise.finally(() => clearTimeout(impatient));
}
