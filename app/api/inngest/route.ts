import { serve } from "inngest/next";
import type { NextRequest } from "next/server";
import { env } from "#server/env.ts";
import { inngest } from "#server/jobs/client.ts";
import { functions } from "#server/jobs/registry.ts";
import { signedOnly } from "#server/jobs/signedOnly.ts";
import { singleFlight } from "#server/jobs/singleFlight.ts";

export const dynamic = "force-dynamic";

/** Called by the job engine only; the SDK refuses what is not signed with the installation's key. */
const handlers = serve({ client: inngest, functions, enableUnauthedSync: false });

export const { GET } = handlers;

export const PUT = signedOnly((request: NextRequest) => handlers.PUT(request, undefined));

export const POST = signedOnly(
  singleFlight(
    (request: NextRequest) => handlers.POST(request, undefined),
    () => env().INNGEST_SIGNING_KEY,
  ),
);
