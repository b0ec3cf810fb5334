import { serve } from "inngest/next";
import type { NextRequest } from "next/server";
import { env } from "#server/env.ts";
import { inngest } from "#server/jobs/client.ts";
import { engineSeen } from "#server/jobs/registration/engineSeen.ts";
import { functions } from "#server/jobs/registry.ts";
import { signedOnly } from "#server/jobs/signedOnly.ts";
import { singleFlight } from "#server/jobs/singleFlight.ts";

export const dynamic = "force-dynamic";

/** Called by the job engine only; the SDK refuses what is not signed with the installation's key. */
const handlers = serve({ client: inngest, functions, enableUnauthedSync: false });

export const { GET } = handlers;

/** The engine, or keepRegistered, asks which functions there are. */
export const PUT = signedOnly(async (request: NextRequest) => {
  const response = await handlers.PUT(request, undefined);
  if (response.ok) engineSeen().registeredAt = new Date();
  return response;
});

export const POST = signedOnly(
  singleFlight(
    async (request: NextRequest) => {
      const response = await handlers.POST(request, undefined);
      if (response.status !== 401) engineSeen().ranAt = new Date();
      return response;
    },
    () => {
      const { INNGEST_SIGNING_KEY, INNGEST_SIGNING_KEY_FALLBACK } = env();
      return [INNGEST_SIGNING_KEY, ...(INNGEST_SIGNING_KEY_FALLBACK ? [INNGEST_SIGNING_KEY_FALLBACK] : [])];
    },
  ),
);
