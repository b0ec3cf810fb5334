"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Badge } from "#components/ui/Badge.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { CodeBlock } from "#components/ui/CodeBlock.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import type { Delivery, Endpoint } from "./Endpoint.ts";
import type { AppCall } from "./useAppApi.ts";

interface DeliveriesDialogProps {
  call: AppCall;
  endpoint: Endpoint;
  onClose: () => void;
}

const filters = [
  { value: "all", label: "All" },
  { value: "waiting", label: "Waiting" },
  { value: "failed", label: "Given up" },
] as const;

type Filter = (typeof filters)[number]["value"];

const states = {
  waiting: { tone: "warning", label: "Waiting" },
  delivered: { tone: "success", label: "Taken" },
  failed: { tone: "danger", label: "Given up" },
} as const;

/** What was and is to be sent to one endpoint. */
export function DeliveriesDialog({ call, endpoint, onClose }: DeliveriesDialogProps) {
  const [filter, setFilter] = useState<Filter>("all");
  const [shown, setShown] = useState<string | null>(null);
  const path = `/endpoints/${endpoint.id}`;
  const list = useQuery({
    queryKey: ["deliveries", endpoint.id, filter],
    queryFn: () =>
      call<{ data: readonly Delivery[] }>("GET", `${path}/deliveries${filter === "all" ? "" : `?status=${filter}`}`),
    refetchInterval: 5000,
  });
  const replay = useMutation({
    mutationFn: (id: string) => call<null>("POST", `${path}/deliveries/${id}/replay`),
    onSuccess: () => list.refetch(),
  });
  const replayAll = useMutation({
    mutationFn: () => call<{ deliveries: number }>("POST", `${path}/replay`, { from: endpoint.createdAt }),
    onSuccess: () => list.refetch(),
  });
  const failed = list.error ?? replay.error ?? replayAll.error;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      size="lg"
      title="Deliveries"
      description={endpoint.url}
    >
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <SegmentedControl label="Which" options={filters} value={filter} onValueChange={setFilter} />
          <Button size="sm" pending={replayAll.isPending} onClick={() => replayAll.mutate()}>
            Send all again that were given up
          </Button>
        </div>
        {failed ? <Banner tone="danger">{failed.message}</Banner> : null}
        {list.isPending ? <Skeleton className="h-40" /> : null}
        {list.data?.data.length === 0 ? <p className="text-muted text-sm">There are none.</p> : null}
        {list.data && list.data.data.length > 0 ? (
          <Table label="Deliveries">
            <TableHead>
              <TableRow>
                <TableHeaderCell>Event</TableHeaderCell>
                <TableHeaderCell>State</TableHeaderCell>
                <TableHeaderCell>Last answer</TableHeaderCell>
                <TableHeaderCell>When</TableHeaderCell>
                <TableHeaderCell>
                  <span className="sr-only">What to do</span>
                </TableHeaderCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {list.data.data.map((delivery) => (
                <TableRow key={delivery.id}>
                  <TableCell>
                    <span className="block font-mono text-xs">{delivery.type}</span>
                    <span className="text-faint text-xs">{delivery.subject}</span>
                  </TableCell>
                  <TableCell>
                    <Badge tone={states[delivery.status].tone}>{states[delivery.status].label}</Badge>
                  </TableCell>
                  <TableCell>
                    <LastAnswer delivery={delivery} />
                  </TableCell>
                  <TableCell>
                    <RelativeTime at={delivery.createdAt} />
                  </TableCell>
                  <TableCell className="whitespace-nowrap text-right">
                    <Button size="sm" variant="ghost" onClick={() => setShown(delivery.id)}>
                      Show
                    </Button>
                    <Button
                      size="sm"
                      variant="ghost"
                      pending={replay.isPending && replay.variables === delivery.id}
                      onClick={() => replay.mutate(delivery.id)}
                    >
                      {delivery.status === "waiting" ? "Try now" : "Send again"}
                    </Button>
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        ) : null}
        {shown ? <DeliveryBody call={call} path={`${path}/deliveries/${shown}`} /> : null}
      </div>
    </Dialog>
  );
}

function LastAnswer({ delivery: { log, attempts, nextAttemptAt, status } }: { delivery: Delivery }) {
  const last = log.at(-1);
  if (!last) return <span className="text-faint text-xs">not tried yet</span>;
  const next = status === "waiting" && nextAttemptAt ? new Date(nextAttemptAt).toLocaleString() : null;
  return (
    <span className="text-xs" title={last.excerpt}>
      {last.status}, {last.milliseconds} ms
      <span className="block text-faint">
        {attempts === 1 ? "one attempt" : `${attempts} attempts`}
        {next ? `, next ${next}` : ""}
      </span>
    </span>
  );
}

function DeliveryBody({ call, path }: { call: AppCall; path: string }) {
  const one = useQuery({
    queryKey: ["delivery", path],
    queryFn: () => call<Delivery & { body: unknown }>("GET", path),
  });
  if (one.error) return <Banner tone="danger">{one.error.message}</Banner>;
  if (!one.data) return <Skeleton className="h-32" />;
  const { body, log } = one.data;
  return (
    <div className="flex flex-col gap-3">
      <CodeBlock title="What is sent" code={JSON.stringify(body, null, 2)} />
      {log.map(({ at, status, milliseconds, excerpt }) => (
        <CodeBlock
          key={at}
          title={`${new Date(at).toLocaleString()}: ${status}, ${milliseconds} ms`}
          code={excerpt === "" ? "(nothing)" : excerpt}
        />
      ))}
    </div>
  );
}
