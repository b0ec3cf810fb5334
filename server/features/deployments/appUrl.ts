import { env } from "../../env.ts";
import type { Environment } from "../environments/service.ts";

/** Where an environment's app is found. */
export function appUrl(environment: Pick<Environment, "label">): string {
  return env().GANTRY_APPS_URL.replaceAll("{app}", environment.label);
}
