"use client";

import { PageHeader } from "#components/ui/PageHeader.tsx";
import { LiveSession } from "../../policies/tester/LiveSession.tsx";
import type { TesterSession } from "../../policies/tester/TesterSession.ts";
import { ConsoleDesk } from "./ConsoleDesk.tsx";

interface RequestConsoleProps {
  /** Null: nothing is deployed. */
  open: () => Promise<TesterSession | null>;
  /** Names what is kept in the browser for this project. */
  storageKey: string;
}

/** Sends requests to the app as it is live, from this browser, as whomever one chooses. */
export function RequestConsole({ open, storageKey }: RequestConsoleProps) {
  return (
    <>
      <PageHeader
        title="Console"
        description="Requests to the live app, straight from this browser: nothing passes through Gantry. What is changed is changed."
      />
      <LiveSession open={open} what="The console" empty="Here one sends requests of REST and GraphQL to the live app.">
        {({ session }) => (
          <ConsoleDesk key={`${session.environment} ${session.release}`} session={session} storageKey={storageKey} />
        )}
      </LiveSession>
    </>
  );
}
