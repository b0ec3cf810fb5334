"use client";

import { useQuery } from "@tanstack/react-query";
import { BellRing, Plus } from "lucide-react";
import { useState } from "react";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { usePlace } from "#components/shell/usePlace.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { ProjectScope } from "../../ProjectScope.ts";
import { QueryFailure } from "../../QueryFailure.tsx";
import { AlertHistory } from "./AlertHistory.tsx";
import { NewRuleDialog } from "./NewRuleDialog.tsx";
import { RuleTable } from "./RuleTable.tsx";

/** When somebody is to be told, and when somebody was. */
export function AlertsScreen(project: ProjectScope) {
  const trpc = useTRPC();
  const { environment } = usePlace();
  const scope = { ...project, environment };
  const alerts = useQuery(trpc.telemetry.alerts.list.queryOptions(scope, { refetchInterval: 15_000 }));
  const [isNew, setNew] = useState(false);
  const add = (
    <PermittedButton permission="settings.write" variant="primary" icon={<Plus />} onClick={() => setNew(true)}>
      New rule
    </PermittedButton>
  );
  const { rules = [], history = [], members = [], hasMail = false } = alerts.data ?? {};
  return (
    <>
      <PageHeader
        title="Alerts"
        description={`Rules are looked at each minute. Who is named is told once when ${environment} breaks one, and once when that is over.`}
        {...(rules.length > 0 ? { actions: add } : {})}
      />
      {alerts.error ? <QueryFailure query={alerts} /> : null}
      {alerts.isPending ? <Skeleton className="h-32" /> : null}
      {alerts.data && rules.length === 0 ? (
        <EmptyState
          icon={<BellRing />}
          title="Nobody is told of anything yet"
          description="A rule tells by mail or webhook when errors, latency or the use of database connections go over a bound."
          example={
            <p className="rounded-md border bg-surface px-3 py-2 text-center text-muted text-sm">
              Error rate above 5% over 5 minutes
            </p>
          }
          action={add}
        />
      ) : null}
      {rules.length > 0 ? <RuleTable scope={scope} rules={rules} /> : null}
      {rules.length > 0 ? <AlertHistory history={history} rules={rules} /> : null}
      <NewRuleDialog scope={scope} open={isNew} members={members} hasMail={hasMail} onClose={() => setNew(false)} />
    </>
  );
}
