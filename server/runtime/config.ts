import { z } from "zod";
import type { S3Options } from "./files/s3Store.ts";
import { defaultHostLimits, type HostLimits } from "./host/hostLimits.ts";

/** The runtime's settings. Only this file of the runtime reads `process.env`. */
const settings = z.object({
  GANTRY_RUNTIME_PORT: z.coerce.number().int().min(0).max(65_535),
  /** The address that apps are served on; `GANTRY_HOST` is that of the whole instance. */
  GANTRY_RUNTIME_HOST: z.string().min(1).optional(),
  GANTRY_HOST: z.string().min(1).optional(),
  /** On the loopback interface only. */
  GANTRY_RUNTIME_ADMIN_PORT: z.coerce.number().int().min(0).max(65_535),
  GANTRY_RUNTIME_ADMIN_SECRET: z.string().min(32),
  /** The folder that keeps the environments between starts. */
  GANTRY_RUNTIME_STATE: z.string().min(1),
  /** Public address of an app with `{app}` for its label; without it the address of the request is taken. */
  GANTRY_APPS_URL: z.string().includes("{app}").optional(),
  /** How many proxies in front of this program write `X-Forwarded-For`; with none the header is not believed. */
  GANTRY_RUNTIME_TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** Connections of callers, and requests under way, of the whole process. */
  GANTRY_RUNTIME_MAX_CONNECTIONS: z.coerce.number().int().min(1).default(defaultHostLimits.connections),
  GANTRY_RUNTIME_MAX_REQUESTS: z.coerce.number().int().min(1).default(defaultHostLimits.requests.all),
  /** Seconds between `/readyz` saying no and the end of listening. */
  GANTRY_RUNTIME_DRAIN_SECONDS: z.coerce.number().min(0).max(600).default(defaultHostLimits.drainSeconds),
  /** S3-compatible storage for the contents of files; without an endpoint they are kept in the state folder. */
  GANTRY_FILES_S3_ENDPOINT: z.url().optional(),
  GANTRY_FILES_S3_REGION: z.string().min(1).default("us-east-1"),
  GANTRY_FILES_S3_BUCKET: z.string().min(1).optional(),
  GANTRY_FILES_S3_KEY_ID: z.string().min(1).optional(),
  GANTRY_FILES_S3_SECRET: z.string().min(1).optional(),
});

export interface RuntimeConfig {
  readonly host: string;
  readonly port: number;
  readonly adminPort: number;
  readonly adminSecret: string;
  readonly stateFolder: string;
  readonly appsUrl: string | null;
  /** Where the contents of files are kept; in the state folder when absent. */
  readonly s3?: S3Options | null;
  readonly trustedProxies?: number;
  readonly limits?: Partial<HostLimits>;
}

/** Throws with every missing or malformed setting named. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): RuntimeConfig {
  const result = settings.safeParse(environment);
  if (!result.success) throw new Error(`Settings are missing or malformed.\n${z.prettifyError(result.error)}`);
  const found = result.data;
  return {
    host: found.GANTRY_RUNTIME_HOST ?? found.GANTRY_HOST ?? "127.0.0.1",
    port: found.GANTRY_RUNTIME_PORT,
    adminPort: found.GANTRY_RUNTIME_ADMIN_PORT,
    adminSecret: found.GANTRY_RUNTIME_ADMIN_SECRET,
    stateFolder: found.GANTRY_RUNTIME_STATE,
    appsUrl: found.GANTRY_APPS_URL ?? null,
    s3: s3Options(found),
    trustedProxies: found.GANTRY_RUNTIME_TRUSTED_PROXIES,
    limits: limitsOf(found),
  };
}

/** One environment has a quarter of what the process has. */
function limitsOf(found: z.infer<typeof settings>): Partial<HostLimits> {
  const all = found.GANTRY_RUNTIME_MAX_REQUESTS;
  return {
    connections: found.GANTRY_RUNTIME_MAX_CONNECTIONS,
    requests: { all, perEnvironment: Math.ceil(all / 4) },
    drainSeconds: found.GANTRY_RUNTIME_DRAIN_SECONDS,
  };
}

function s3Options(found: z.infer<typeof settings>): S3Options | null {
  const { GANTRY_FILES_S3_ENDPOINT: endpoint, GANTRY_FILES_S3_REGION: region } = found;
  if (endpoint === undefined) return null;
  const { GANTRY_FILES_S3_BUCKET: bucket, GANTRY_FILES_S3_KEY_ID: accessKeyId } = found;
  const { GANTRY_FILES_S3_SECRET: secretAccessKey } = found;
  if (!bucket || !accessKeyId || !secretAccessKey) {
    throw new Error(
      "With GANTRY_FILES_S3_ENDPOINT come GANTRY_FILES_S3_BUCKET, GANTRY_FILES_S3_KEY_ID and GANTRY_FILES_S3_SECRET.",
    );
  }
  return { endpoint, region, bucket, accessKeyId, secretAccessKey };
}
