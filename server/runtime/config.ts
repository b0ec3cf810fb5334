import type { S3Options } from "./files/s3Store.ts";
import { defaultHostLimits, type HostLimits } from "./host/hostLimits.ts";
import { SettingsReader } from "./SettingsReader.ts";
import type { DestinationOptions } from "./telemetry/Destination.ts";
import type { TelemetryTargets } from "./telemetry/TelemetryPush.ts";

/** The runtime's settings. Only this file of the runtime reads `process.env`. */
export interface RuntimeConfig {
  readonly host: string;
  readonly port: number;
  /** On the loopback interface only; null where nobody governs the program from outside. */
  readonly adminPort: number | null;
  readonly adminSecret: string;
  /** The folder that keeps the environments between starts. */
  readonly stateFolder: string;
  /** Public address of an app with `{app}` for its label; without it the address of the request is taken. */
  readonly appsUrl: string | null;
  /** Where the contents of files are kept; in the state folder when absent. */
  readonly s3?: S3Options | null;
  /** How many proxies in front of this program write `X-Forwarded-For`; with none the header is not believed. */
  readonly trustedProxies?: number;
  readonly limits?: Partial<HostLimits>;
  /** Whoever is told what this program counts. */
  readonly telemetry?: TelemetryTargets;
}

const ports = { min: 0, max: 65_535 };
const many = Number.MAX_SAFE_INTEGER;

/** Throws with every missing or malformed setting named. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): RuntimeConfig {
  const settings = new SettingsReader(environment);
  const config: RuntimeConfig = {
    // GANTRY_HOST is the address of the whole instance.
    host: settings.text("GANTRY_RUNTIME_HOST") ?? settings.text("GANTRY_HOST") ?? "127.0.0.1",
    port: settings.number("GANTRY_RUNTIME_PORT", ports),
    adminPort: settings.number("GANTRY_RUNTIME_ADMIN_PORT", ports),
    adminSecret: settings.requiredText("GANTRY_RUNTIME_ADMIN_SECRET", { minLength: 32 }),
    stateFolder: settings.requiredText("GANTRY_RUNTIME_STATE"),
    appsUrl: settings.textWith("GANTRY_APPS_URL", "{app}"),
    s3: s3Options(settings),
    trustedProxies: settings.number("GANTRY_RUNTIME_TRUSTED_PROXIES", { min: 0, max: 10, default: 0 }),
    limits: limitsIn(settings),
    telemetry: { home: homeIn(settings), collector: collectorIn(settings) },
  };
  if (settings.problems.length > 0) {
    throw new Error(`Settings are missing or malformed.\n${settings.problems.join("\n")}`);
  }
  return config;
}

/** The control plane; none where it has no address. */
function homeIn(settings: SettingsReader): DestinationOptions | null {
  const url = settings.url("GANTRY_TELEMETRY_URL");
  if (url === null) return null;
  const secret = settings.requiredText("GANTRY_TELEMETRY_SECRET", { minLength: 32 });
  return { url: withoutSlash(url), headers: { authorization: `Bearer ${secret}` } };
}

/** By the names that OpenTelemetry gives these settings. */
function collectorIn(settings: SettingsReader): DestinationOptions | null {
  const url = settings.url("OTEL_EXPORTER_OTLP_ENDPOINT");
  return url === null ? null : { url: withoutSlash(url), headers: settings.pairs("OTEL_EXPORTER_OTLP_HEADERS") };
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}

/** One environment has a quarter of what the process has. */
function limitsIn(settings: SettingsReader): Partial<HostLimits> {
  const { connections, requests, sleepSeconds, drainSeconds } = defaultHostLimits;
  const all = settings.number("GANTRY_RUNTIME_MAX_REQUESTS", { min: 1, max: many, default: requests.all });
  return {
    connections: settings.number("GANTRY_RUNTIME_MAX_CONNECTIONS", { min: 1, max: many, default: connections }),
    requests: { all, perEnvironment: Math.ceil(all / 4) },
    sleepSeconds: settings.number("GANTRY_RUNTIME_SLEEP_SECONDS", { min: 1, max: many, default: sleepSeconds }),
    drainSeconds: settings.number("GANTRY_RUNTIME_DRAIN_SECONDS", {
      min: 0,
      max: 600,
      default: drainSeconds,
      whole: false,
    }),
  };
}

/** S3-compatible storage for the contents of files; without an endpoint they are kept in the state folder. */
function s3Options(settings: SettingsReader): S3Options | null {
  const endpoint = settings.url("GANTRY_FILES_S3_ENDPOINT");
  if (endpoint === null) return null;
  return {
    endpoint,
    region: settings.text("GANTRY_FILES_S3_REGION") ?? "us-east-1",
    bucket: settings.requiredText("GANTRY_FILES_S3_BUCKET"),
    accessKeyId: settings.requiredText("GANTRY_FILES_S3_KEY_ID"),
    secretAccessKey: settings.requiredText("GANTRY_FILES_S3_SECRET"),
  };
}
