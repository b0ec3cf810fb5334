"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Check, X } from "lucide-react";
import { useState } from "react";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { Textarea } from "#components/ui/Textarea.tsx";
import type { EnvironmentScope } from "../EnvironmentScope.ts";
import { DeploymentChanges } from "./DeploymentChanges.tsx";
import { SchemaSteps } from "./SchemaSteps.tsx";
import { TestResults } from "./TestResults.tsx";

interface ApprovalPanelProps {
  scope: EnvironmentScope;
  /** Of the deployment that waits. */
  id: string;
}

/** Who asks for what, and the two buttons that an owner has. */
export function ApprovalPanel({ scope, id }: ApprovalPanelProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const deployment = useQuery(trpc.deployments.get.queryOptions({ ...scope, id }));
  const decided = { onSuccess: () => queries.invalidateQueries({ queryKey: trpc.deployments.pathKey() }) };
  const approve = useMutation(trpc.deployments.approve.mutationOptions(decided));
  const reject = useMutation(trpc.deployments.reject.mutationOptions(decided));
  if (deployment.error) return <QueryFailure query={deployment} />;
  if (!deployment.data) return <Skeleton className="h-48" />;
  const { release, requestedBy, plan, tests } = deployment.data;
  const failed = approve.error ?? reject.error;
  const isPending = approve.isPending || reject.isPending;
  return (
    <Card
      title={`Release ${release} waits for approval`}
      description={`${requestedBy ?? "Someone who left"} asks to bring it to ${scope.environment}. Nothing has changed yet.`}
      className="border-warning-line"
    >
      <div className="flex flex-col gap-3">
        <DeploymentChanges scope={scope} id={id} />
        {plan && plan.length > 0 ? (
          <Disclosure title="SQL that would run" note={`${plan.length} ${plan.length === 1 ? "step" : "steps"}`}>
            <SchemaSteps steps={plan} />
          </Disclosure>
        ) : null}
        {tests ? <TestResults tests={tests} /> : null}
        <Field label="Reason" note="optional">
          <Textarea rows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
        {failed ? <Banner tone="danger">{apiError(failed).message}</Banner> : null}
        <div className="flex flex-wrap gap-2">
          <PermittedButton
            permission="release.decide"
            variant="primary"
            icon={<Check />}
            pending={approve.isPending}
            disabled={isPending}
            onClick={() => approve.mutate({ ...scope, id, reason })}
          >
            Approve
          </PermittedButton>
          <PermittedButton
            permission="release.decide"
            icon={<X />}
            pending={reject.isPending}
            disabled={isPending}
            onClick={() => reject.mutate({ ...scope, id, reason })}
          >
            Reject
          </PermittedButton>
        </div>
      </div>
    </Card>
  );
}
