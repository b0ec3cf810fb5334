import { env } from "../env.ts";
import type { DeployDriver } from "./DeployDriver.ts";
import { localDriver } from "./local/localDriver.ts";

let driver: DeployDriver | undefined;

/** The driver that this installation is configured for. */
export function configuredDriver(): DeployDriver {
  driver ??= localDriver({ adminUrl: env().GANTRY_RUNTIME_ADMIN_URL, secret: env().GANTRY_RUNTIME_ADMIN_SECRET });
  return driver;
}
