"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { LogIn } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { QueryFailure } from "../QueryFailure.tsx";
import { ConnectionDialog } from "./ConnectionDialog.tsx";
import { ConnectionRow } from "./ConnectionRow.tsx";
import { TriedReport } from "./TriedReport.tsx";

/** The organisation's own providers. */
export function ConnectionsCard({ organisation, tried }: { organisation: string; tried: string | null }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [makes, setMakes] = useState(false);
  const connections = useQuery(trpc.sso.connections.list.queryOptions({ organisation }));
  const reload = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: trpc.sso.connections.list.queryKey() }),
      queries.invalidateQueries({ queryKey: trpc.sso.requirements.get.queryKey() }),
    ]);
  return (
    <Card
      title="Single sign-on"
      description="Your provider of identities, by OpenID Connect or SAML 2.0."
      actions={<Button onClick={() => setMakes(true)}>Add connection</Button>}
    >
      <div className="flex flex-col gap-4">
        {tried === null ? null : <TriedReport organisation={organisation} id={tried} />}
        {connections.error ? <QueryFailure query={connections} /> : null}
        {connections.isPending ? <Skeleton className="h-20" /> : null}
        {connections.data?.length === 0 ? (
          <EmptyState
            icon={<LogIn />}
            title="No connection yet"
            description="Okta, Entra ID, Google Workspace, Keycloak and every other provider that speaks one of the two."
            action={<Button onClick={() => setMakes(true)}>Add connection</Button>}
            className="py-6"
          />
        ) : null}
        {connections.data && connections.data.length > 0 ? (
          <ul className="flex flex-col divide-y">
            {connections.data.map((one) => (
              <ConnectionRow key={one.id} organisation={organisation} connection={one} onChange={reload} />
            ))}
          </ul>
        ) : null}
        {makes ? (
          <ConnectionDialog
            organisation={organisation}
            known={null}
            onClose={() => setMakes(false)}
            onChange={reload}
          />
        ) : null}
      </div>
    </Card>
  );
}
