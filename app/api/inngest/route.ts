import { serve } from "inngest/next";
import { inngest } from "#server/jobs/client.ts";
import { functions } from "#server/jobs/registry.ts";

export const dynamic = "force-dynamic";

/** Called by the job engine only; the SDK refuses what is not signed with the installation's key. */
export const { GET, POST, PUT } = serve({
  client: inngest,
  functions,
  enableUnauthedSync: false,
});
