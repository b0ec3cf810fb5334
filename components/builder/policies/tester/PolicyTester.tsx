"use client";

import { FlaskConical, RotateCw } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { Badge } from "#components/ui/Badge.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { Model } from "#lib/model/types.ts";
import { useDraft } from "../../BuilderContext.tsx";
import { ActorForm } from "./ActorForm.tsx";
import { RowsSeen } from "./RowsSeen.tsx";
import { firstActor } from "./TesterActor.ts";
import { TesterClient } from "./TesterClient.ts";
import type { TesterSession } from "./TesterSession.ts";
import { undeployedChanges } from "./undeployedChanges.ts";
import { useLoaded } from "./useLoaded.ts";

interface PolicyTesterProps {
  /** Null: nothing is deployed. */
  open: () => Promise<TesterSession | null>;
  /** Name of the resource in the builder. */
  resource: string | null;
  onResourceChange: (resource: string) => void;
}

/** Milliseconds; less than what a key must still be good for when it is handed out. */
const lookInterval = 30_000;

/** Acts as somebody on the app as it is live: which rows they see, and why they may or may not. */
export function PolicyTester({ open, resource, onResourceChange }: PolicyTesterProps) {
  const { data, error, loading, reload } = useLoaded("session", async () => ({ session: await open() }));
  // A key lives for a quarter of an hour, and another release may go live meanwhile.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each `reload` does the same
  useEffect(() => {
    const timer = setInterval(reload, lookInterval);
    return () => clearInterval(timer);
  }, []);
  // What was opened once is not closed by a look that failed.
  if (error !== null && !data) {
    return (
      <Banner
        tone="danger"
        title="The tester could not be opened"
        actions={
          <Button size="sm" onClick={reload}>
            Try again
          </Button>
        }
      >
        {error}
      </Banner>
    );
  }
  if (!data) return <Skeleton className="h-64" />;
  if (!data.session) {
    return (
      <EmptyState
        icon={<FlaskConical />}
        title="Nothing is deployed yet"
        description="Here one acts as somebody on the live app and sees which rows they see. Save the model and deploy it on the Ship screen; then there is something to try."
        action={
          <Button size="sm" icon={<RotateCw />} pending={loading} onClick={reload}>
            Look again
          </Button>
        }
      />
    );
  }
  return (
    <Trying
      session={data.session}
      loading={loading}
      reload={reload}
      resource={resource}
      onResourceChange={onResourceChange}
    />
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
      <NotDeployed live={model} />
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

/** Says what the model here has that the live one has not. */
function NotDeployed({ live }: { live: Model }) {
  const draft = useDraft();
  const changes = useMemo(() => undeployedChanges(live, draft), [live, draft]);
  if (changes.length === 0) return null;
  const count = changes.length === 1 ? "One change" : `${changes.length} changes`;
  return (
    <Banner title={`${count} of the model here ${changes.length === 1 ? "is" : "are"} not deployed`}>
      <Disclosure title="What is not tried yet" className="[&>button]:text-xs">
        <ul className="flex list-disc flex-col gap-1 pl-4 text-xs">
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      </Disclosure>
    </Banner>
  );
}
