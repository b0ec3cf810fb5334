"use client";

import { useQuery } from "@tanstack/react-query";
import { Webhook } from "lucide-react";
import { useState } from "react";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { EnvironmentScope } from "../EnvironmentScope.ts";
import { DeliveriesDialog } from "./DeliveriesDialog.tsx";
import type { Endpoint } from "./Endpoint.ts";
import { EndpointTable } from "./EndpointTable.tsx";
import { NewEndpoint } from "./NewEndpoint.tsx";
import { AppCallError, useAppApi } from "./useAppApi.ts";

/** Where the events of the live app are sent to. */
export function EndpointsCard(scope: EnvironmentScope) {
  const call = useAppApi(scope);
  const [isOpen, setOpen] = useState(false);
  const [isNew, setNew] = useState(false);
  const [shown, setShown] = useState<Endpoint | null>(null);
  const list = useQuery({
    queryKey: ["endpoints", scope.organisation, scope.project, scope.environment],
    queryFn: () => call<{ data: readonly Endpoint[] }>("GET", "/endpoints"),
    // The app is asked with a key made for that, of which there are only so many.
    enabled: isOpen,
    retry: false,
  });
  const { error } = list;
  const isMissing = error instanceof AppCallError && error.isMissing;
  return (
    <Card
      title="Endpoints"
      description="Events of the live app are sent here: to webhooks, signed as Standard Webhooks says, to Redis streams, NATS or Kafka. What is not taken is tried again for three days."
      actions={
        list.data ? (
          <PermittedButton permission="settings.write" size="sm" onClick={() => setNew(true)}>
            Add an endpoint
          </PermittedButton>
        ) : (
          <Button size="sm" pending={isOpen && list.isPending} onClick={() => setOpen(true)}>
            Show the endpoints
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-4">
        {isOpen && list.isPending ? <Skeleton className="h-20" /> : null}
        {error && isMissing ? <p className="text-muted text-sm">{error.message}</p> : null}
        {error && !isMissing ? <Banner tone="danger">{error.message}</Banner> : null}
        {list.data?.data.length === 0 ? (
          <EmptyState
            icon={<Webhook />}
            title="No endpoints yet"
            description="Add the address of a program that is to hear of changes, such as https://shop.example.com/events."
            className="py-6"
          />
        ) : null}
        {list.data && list.data.data.length > 0 ? (
          <EndpointTable call={call} endpoints={list.data.data} onChange={() => list.refetch()} onShow={setShown} />
        ) : null}
      </div>
      <NewEndpoint call={call} open={isNew} onOpenChange={setNew} onMade={() => list.refetch()} />
      {shown ? <DeliveriesDialog call={call} endpoint={shown} onClose={() => setShown(null)} /> : null}
    </Card>
  );
}
