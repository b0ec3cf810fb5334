"use client";

import { RotateCw } from "lucide-react";
import { useMemo, useState } from "react";
import { Badge } from "#components/ui/Badge.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { ActorForm } from "./ActorForm.tsx";
import { LiveSession } from "./LiveSession.tsx";
import { NotDeployed } from "./NotDeployed.tsx";
import { RowsSeen } from "./RowsSeen.tsx";
import { firstActor } from "./TesterActor.ts";
import { TesterClient } from "./TesterClient.ts";
import type { TesterSession } from "./TesterSession.ts";

interface PolicyTesterProps {
  /** Null: nothing is deployed. */
  open: () => Promise<TesterSession | null>;
  /** Name of the resource in the builder. */
  resource: string | null;
  onResourceChange: (resource: string) => void;
}

/** Acts as somebody on the app as it is live: which rows they see, and why they may or may not. */
export function PolicyTester({ open, resource, onResourceChange }: PolicyTesterProps) {
  return (
    <LiveSession
      open={open}
      what="The tester"
      empty="Here one acts as somebody on the live app and sees which rows they see."
    >
      {(live) => <Trying {...live} resource={resource} onResourceChange={onResourceChange} />}
    </LiveSession>
  );
}

interface TryingProps extends Pick<PolicyTesterProps, "resource" | "onResourceChange"> {
  session: TesterSession;
  loading: boolean;
  reload: () => void;
}

function Trying({ session, loading, reload, resource: wanted, onResourceChange }: TryingProps) {
  const client = useMemo(() => new TesterClient(session), [session]);
  const [actor, setActor] = useState(firstActor);
  const { model } = session;
  const resource = model.resources.find(({ name }) => name === wanted);
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2 text-sm">
        <Badge tone="accent" dot>
          {session.environment}, release {session.release}
        </Badge>
        <span className="min-w-0 flex-1 text-faint text-xs">
          What is tried is what is live. The rows come straight from the app to this browser.
        </span>
        <Button size="sm" icon={<RotateCw />} pending={loading} onClick={reload}>
          Refresh
        </Button>
      </div>
      <NotDeployed live={model} title="What is not tried yet" />
      <ActorForm client={client} model={model} actor={actor} onChange={setActor} />
      {wanted !== null && !resource ? (
        <Banner title={`${wanted} is not in release ${session.release}`}>
          It is new or has another name in the model here. Deploy to try it.
        </Banner>
      ) : null}
      <RowsSeen
        key={resource?.name ?? ""}
        client={client}
        model={model}
        actor={actor}
        resource={resource ?? null}
        version={session.apiKey}
        onResourceChange={onResourceChange}
      />
    </div>
  );
}
