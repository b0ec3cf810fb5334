import { join } from "node:path";
import type { Addresses } from "./addresses.ts";
import { nextProgram } from "./build.ts";
import { ownInngest } from "./ownInngest.ts";
import type { Program } from "./Program.ts";
import type { InternalPorts } from "./ports.ts";
import type { Settings } from "./Settings.ts";
import type { Secrets } from "./secrets.ts";

/** What the programs of an instance have to know. */
export interface Wiring {
  readonly settings: Settings;
  readonly ports: InternalPorts;
  readonly secrets: Secrets;
  readonly databaseUrl: string;
  readonly addresses: Addresses;
}

/** The programs in the order in which they start. */
export function programs(wiring: Wiring): Program[] {
  const { environment } = wiring.settings;
  // Someone who has an Inngest of their own needs no embedded engine.
  return [...(ownInngest(environment) ? [] : [jobEngine(wiring)]), runtime(wiring), web(wiring)];
}

function jobEngine(wiring: Wiring): Program {
  const address = `http://127.0.0.1:${wiring.ports.jobs}`;
  return {
    name: "job engine",
    log: "jobs",
    command: [...watched(wiring.settings), "server/jobs/main.ts"],
    environment: { ...controlPlane(wiring), GANTRY_JOBS_PORT: String(wiring.ports.jobs) },
    probe: `${address}/health`,
    says: address,
  };
}

/** Where the apps' files are kept, where that is not the data folder. */
function filesSettings({ environment }: Settings): Record<string, string> {
  const given = Object.entries(environment).filter(([name]) => name.startsWith("GANTRY_FILES_S3_"));
  return Object.fromEntries(given.flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/** Where figures and logs are told besides. */
function collectorSettings({ environment }: Settings): Record<string, string> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: headers } = environment;
  if (!endpoint) return {};
  return { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, ...(headers && { OTEL_EXPORTER_OTLP_HEADERS: headers }) };
}

function internalUrl({ host, port }: Settings): string {
  return `http://${reachable(host)}:${port}`;
}

function runtime({ settings, ports, secrets, addresses }: Wiring): Program {
  return {
    name: "runtime",
    log: "runtime",
    command: [...watched(settings), "server/runtime/main.mjs"],
    // It serves strangers' requests and gets no secret but its own.
    environment: {
      ...machine(settings),
      GANTRY_HOST: settings.host,
      GANTRY_RUNTIME_PORT: String(settings.runtimePort),
      GANTRY_RUNTIME_ADMIN_PORT: String(ports.runtimeAdmin),
      GANTRY_RUNTIME_ADMIN_SECRET:
        settings.environment.GANTRY_RUNTIME_ADMIN_SECRET ?? secrets.GANTRY_RUNTIME_ADMIN_SECRET,
      GANTRY_RUNTIME_STATE: join(settings.data, "runtime"),
      GANTRY_APPS_URL: addresses.apps,
      GANTRY_TELEMETRY_URL: `${internalUrl(settings)}/api/telemetry`,
      GANTRY_TELEMETRY_SECRET: settings.environment.GANTRY_TELEMETRY_SECRET ?? secrets.GANTRY_TELEMETRY_SECRET,
      ...filesSettings(settings),
      ...collectorSettings(settings),
    },
    probe: `http://${reachable(settings.host)}:${settings.runtimePort}/readyz`,
    says: addresses.apps,
  };
}

function web(wiring: Wiring): Program {
  const { settings, addresses } = wiring;
  const subcommand = settings.mode === "dev" ? "dev" : "start";
  return {
    name: "web",
    log: "web",
    command: [nextProgram, subcommand, "-H", settings.host, "-p", String(settings.port)],
    environment: controlPlane(wiring),
    probe: `http://${reachable(settings.host)}:${settings.port}/api/health`,
    says: addresses.web,
  };
}

/** The settings of server/env.ts; what the person set wins. */
function controlPlane({ settings, ports, secrets, databaseUrl, addresses }: Wiring): NodeJS.ProcessEnv {
  const { POSTGRES_PASSWORD: _, POSTGRES_SUPERUSER_PASSWORD: __, GANTRY_SECRET_RETIRED: ___, ...shared } = secrets;
  return {
    ...engineSettings(settings, { address: `http://127.0.0.1:${ports.jobs}`, web: addresses.web }),
    NEXTAUTH_URL: addresses.web,
    ...shared,
    ...settings.environment,
    DATABASE_URL: databaseUrl,
    GANTRY_DATA: settings.data,
    GANTRY_INTERNAL_URL: internalUrl(settings),
    GANTRY_APPS_URL: addresses.apps,
    GANTRY_RUNTIME_ADMIN_URL: `http://127.0.0.1:${ports.runtimeAdmin}`,
    NODE_ENV: settings.mode === "dev" ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

/** Where the jobs' engine is. One of one's own has to reach us where everybody does. */
function engineSettings(
  { environment }: Settings,
  { address, web }: { readonly address: string; readonly web: string },
): Record<string, string> {
  if (!ownInngest(environment)) return { GANTRY_JOB_ENGINE: "embedded", INNGEST_BASE_URL: address };
  return { GANTRY_JOB_ENGINE: "inngest", INNGEST_SERVE_ORIGIN: new URL(web).origin };
}

/** What any program of this machine needs, without anything of ours or of the person's. */
function machine({ mode, environment }: Settings): NodeJS.ProcessEnv {
  const names = ["PATH", "HOME", "TMPDIR", "TZ", "LANG", "NODE_OPTIONS", "NODE_EXTRA_CA_CERTS", "SystemRoot"];
  const kept = names.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]]));
  return { NODE_ENV: mode === "dev" ? "development" : "production", ...Object.fromEntries(kept) };
}

function watched({ mode }: Settings): string[] {
  return mode === "dev" ? ["--watch", "--watch-preserve-output"] : [];
}

/** An address to connect to for one to listen on. */
function reachable(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}
