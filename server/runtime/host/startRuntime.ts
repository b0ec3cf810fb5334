import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { EnvironmentSpec } from "#lib/compile/Snapshot.ts";
import type { RuntimeConfig } from "../config.ts";
import { guardPort } from "../egress/guardedPorts.ts";
import type { FileStore } from "../files/FileStore.ts";
import { folderStore } from "../files/folderStore.ts";
import { Load } from "../http/Load.ts";
import { Metrics } from "../http/Metrics.ts";
import { StreamCount } from "../http/Streams.ts";
import { Transfers } from "../http/Transfers.ts";
import { EnvironmentTotals } from "../telemetry/EnvironmentTotals.ts";
import { sampleGauges } from "../telemetry/sampleGauges.ts";
import { Telemetry } from "../telemetry/Telemetry.ts";
import type { TelemetryPush } from "../telemetry/TelemetryPush.ts";
import { adminServer } from "./adminServer.ts";
import type { Host } from "./answerRequest.ts";
import { Environments } from "./Environments.ts";
import { hostGauges } from "./hostGauges.ts";
import { defaultHostLimits } from "./hostLimits.ts";
import type { Mount } from "./Mount.ts";
import { mounts } from "./mounts.ts";
import { publicServer } from "./publicServer.ts";
import { restWhenIdle } from "./restWhenIdle.ts";
import { type KeptSpecs, SpecStore } from "./SpecStore.ts";

export interface Runtime {
  readonly port: number;
  /** Null where nobody governs it from outside. */
  readonly adminPort: number | null;
  readonly environments: Environments;
  /** Takes no new requests, answers those under way, ends all connections. */
  stop(): Promise<void>;
}

/** What a program that serves one app of its own does otherwise. */
export interface RuntimeParts {
  /** The app that every address belongs to. It is served before the program says that it is ready. */
  readonly only?: EnvironmentSpec;
  readonly mounts?: readonly Mount[];
  readonly store?: KeptSpecs;
}

export async function startRuntime(config: RuntimeConfig, parts: RuntimeParts = {}): Promise<Runtime> {
  const limits = { ...defaultHostLimits, ...config.limits };
  const streamCount = new StreamCount(limits.streams);
  const files = await fileStore(config);
  const { sleepSeconds, engine } = limits;
  const telemetry = new Telemetry();
  const environments = new Environments(parts.store ?? new SpecStore(config.stateFolder), {
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
    mounts: parts.mounts ?? mounts,
    ...(parts.only && { only: parts.only.label }),
    metrics,
    load,
    transfers,
    appsUrl: config.appsUrl,
    trustedProxies: config.trustedProxies ?? 0,
    metricsAuthorization: config.telemetry?.home?.headers.authorization ?? null,
    whyNotReady: () => (state === "ready" ? null : state),
  };
  const app = publicServer(host, limits);
  const admin = config.adminPort === null ? null : adminServer(environments, config.adminSecret);
  for (const gauge of hostGauges({ environments, load, transfers, streamCount, server: app })) metrics.gauge(gauge);
  const totals = new EnvironmentTotals(telemetry);
  metrics.add(() => {
    // Minutes end here where nobody else is told of them.
    telemetry.turn();
    return totals.print();
  });
  const rest = restWhenIdle(load);
  const port = await listen(app, config.port, config.host);
  await environments.resume();
  const unfit = parts.only && (await environments.apply(parts.only)).reason;
  const adminPort = admin && (await listen(admin, config.adminPort ?? 0, "127.0.0.1"));
  if (adminPort !== null) guardPort(adminPort);
  const push = await telemetryPush(telemetry, environments, config);
  if (unfit === undefined) state = "ready";
  const runtime: Runtime = {
    port,
    adminPort,
    environments,
    async stop() {
      state = "stopping";
      rest.stop();
      // Whoever sends requests here is told by /readyz first.
      if (limits.drainSeconds > 0) await pause(1000 * limits.drainSeconds);
      const { endSeconds } = limits;
      const servers = admin ? [app, admin] : [app];
      const closing = [...servers.map((server) => close(server, endSeconds)), environments.engine.stop(endSeconds)];
      environments.endStreams();
      await Promise.all(closing);
      await push?.stop();
      await environments.close();
      transfers.stop();
    },
  };
  if (unfit === undefined) return runtime;
  await runtime.stop();
  throw new Error(unfit);
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
