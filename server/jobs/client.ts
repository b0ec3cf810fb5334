import { Inngest } from "inngest";
import { sdkLogger } from "./sdkLogger.ts";

/**
 * The control plane's Inngest client. Keys and the server's address come from `INNGEST_EVENT_KEY`,
 * `INNGEST_SIGNING_KEY` and `INNGEST_BASE_URL`, which the SDK reads itself; never in dev mode, so that
 * `/api/inngest` answers signed calls only.
 */
export const inngest = new Inngest({ id: "gantry", isDev: false, logger: sdkLogger });
