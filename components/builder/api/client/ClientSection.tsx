"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { Badge } from "#components/ui/Badge.tsx";
import { Button } from "#components/ui/Button.tsx";
import { CodeBlock } from "#components/ui/CodeBlock.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { sdkExamples } from "#lib/codegen/sdk/sdkExamples.ts";
import { LiveSession } from "../../policies/tester/LiveSession.tsx";
import { NotDeployed } from "../../policies/tester/NotDeployed.tsx";
import type { TesterSession } from "../../policies/tester/TesterSession.ts";
import { downloadClient } from "./downloadClient.ts";

/** The typed client of the live app: to download, to keep up to date, and how it is used. */
export function ClientSection({ open }: { open: () => Promise<TesterSession | null> }) {
  return (
    <>
      <PageHeader
        title="Client"
        description="One TypeScript file with the types of this app and nothing else: no packages, only fetch. A program that uses what the app no longer has does not build any more."
      />
      <LiveSession open={open} what="The client" empty="Here stands the client of the live app.">
        {({ session }) => <Client session={session} />}
      </LiveSession>
    </>
  );
}

function Client({ session }: { session: TesterSession }) {
  const { environment, release, url, model } = session;
  const [pending, setPending] = useState(false);
  const download = async () => {
    setPending(true);
    try {
      await downloadClient(session);
    } catch (error) {
      toast.error(error instanceof Error ? error.message : "The client could not be downloaded. Try again.");
    } finally {
      setPending(false);
    }
  };
  const command = `GANTRY_KEY=gk_… gantry sdk ${url} --out src/gantry.ts`;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone="accent" dot>
          {environment}, release {release}
        </Badge>
        <span className="flex-1" />
        <Button variant="primary" icon={<Download />} pending={pending} onClick={download}>
          Download gantry.ts
        </Button>
      </div>
      <NotDeployed live={model} title="What the next deploy changes in it" />
      <CodeBlock title="Keep it up to date (--check in CI)" code={command} />
      {sdkExamples(model, url).map(({ title, code }) => (
        <CodeBlock key={title} title={title} code={code} />
      ))}
    </div>
  );
}
