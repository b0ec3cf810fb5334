"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Radio } from "lucide-react";
import { useState } from "react";
import { apiError, fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { QueryFailure } from "../QueryFailure.tsx";
import { SecretOnce } from "../SecretOnce.tsx";
import { AuditStreamState } from "./AuditStreamState.tsx";

interface AuditStreamCardProps {
  organisation: string;
  /** Undefined until it is known. */
  isInPlan: boolean | undefined;
}

/** Where the log is sent on to. */
export function AuditStreamCard({ organisation, isInPlan }: AuditStreamCardProps) {
  const trpc = useTRPC();
  const stream = useQuery({
    ...trpc.audit.stream.get.queryOptions({ organisation }),
    refetchInterval: 15_000,
  });
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Card
      title="Send the log on"
      description="Entries are posted in order, signed by Standard Webhooks, until your receiver says that it has them."
    >
      <div className="flex flex-col gap-4">
        {secret ? (
          <SecretOnce
            label="Secret"
            secret={secret}
            hint="Your receiver checks signatures with it. Copy it now; it is not shown again."
          />
        ) : null}
        {stream.error ? <QueryFailure query={stream} /> : null}
        {stream.isPending || isInPlan === undefined ? <Skeleton className="h-24" /> : null}
        {stream.data ? (
          <AuditStreamState organisation={organisation} stream={stream.data} onSecret={setSecret} />
        ) : null}
        {stream.data === null && isInPlan === true ? <NewStream {...{ organisation }} onSecret={setSecret} /> : null}
        {stream.data === null && isInPlan === false ? (
          <EmptyState
            icon={<Radio />}
            title="Not part of this plan"
            description="With the plan Business or a larger one, each entry reaches your own systems within a minute or two."
            className="py-6"
          />
        ) : null}
      </div>
    </Card>
  );
}

interface NewStreamProps {
  organisation: string;
  onSecret: (secret: string) => void;
}

function NewStream({ organisation, onSecret }: NewStreamProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [url, setUrl] = useState("");
  const [from, setFrom] = useState<"now" | "beginning">("now");
  const start = useMutation(
    trpc.audit.stream.start.mutationOptions({
      onSuccess: ({ secret }) => {
        onSecret(secret);
        return queries.invalidateQueries({ queryKey: trpc.audit.stream.get.queryKey() });
      },
    }),
  );
  const error = start.error ? apiError(start.error) : null;
  return (
    <form
      className="flex flex-wrap items-start gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate({ organisation, url, from });
      }}
    >
      <Field label="Address" className="min-w-60 flex-1" error={fieldMessage(error, "url") ?? error?.message}>
        <Input
          type="url"
          required
          maxLength={2000}
          placeholder="https://siem.example.com/gantry"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
      </Field>
      <Field label="Begin with" className="w-44">
        <Select
          value={from}
          onValueChange={setFrom}
          options={[
            { value: "now", label: "what comes" },
            { value: "beginning", label: "the first entry" },
          ]}
        />
      </Field>
      <Button type="submit" variant="primary" className="mt-5" pending={start.isPending}>
        Send on
      </Button>
    </form>
  );
}
