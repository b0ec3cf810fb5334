import { z } from "zod";

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
});

export interface RuntimeConfig {
  readonly host: string;
  readonly port: number;
  readonly adminPort: number;
  readonly adminSecret: string;
  readonly stateFolder: string;
  readonly appsUrl: string | null;
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
  };
}
