"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { useAccess } from "#components/shell/useAccess.ts";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { Switch } from "#components/ui/Switch.tsx";
import { QueryFailure } from "../QueryFailure.tsx";
import { SecretOnce } from "../SecretOnce.tsx";
import { NewOrganisationTokenDialog } from "./NewOrganisationTokenDialog.tsx";
import { OrganisationTokenTable } from "./OrganisationTokenTable.tsx";

/** Tokens that are of the organisation, and what it asks of all tokens that open it. */
export function OrganisationTokens({ organisation }: { organisation: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { may, whyNot } = useAccess();
  const mayManage = may("tokens.manage");
  const [makes, setMakes] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const list = useQuery(trpc.tokens.organisation.list.queryOptions({ organisation }, { enabled: mayManage }));
  const reload = () => queries.invalidateQueries({ queryKey: trpc.tokens.organisation.list.queryKey() });
  const setRule = useMutation(trpc.tokens.organisation.setRule.mutationOptions({ onSuccess: reload }));
  const refusal = whyNot("tokens.manage");
  const made = (token: string) => {
    setSecret(token);
    return reload();
  };
  return (
    <>
      <PageHeader
        title="Tokens of the organisation"
        description="For build servers and other programs: they act for the organisation, with a role of their own, and go on when whoever made them leaves."
        actions={
          mayManage ? (
            <Button variant="primary" onClick={() => setMakes(true)}>
              New token
            </Button>
          ) : null
        }
      />
      {refusal ? <Banner tone="info">{refusal}</Banner> : null}
      {secret ? (
        <SecretOnce
          label="Token"
          secret={secret}
          hint="Copy it now; it is not shown again. Git asks for it as the password, with any user name."
        />
      ) : null}
      {list.error ? <QueryFailure query={list} /> : null}
      {!refusal && list.isPending ? <Skeleton className="h-48" /> : null}
      {list.data ? (
        <Card>
          {list.data.tokens.length > 0 ? (
            <OrganisationTokenTable
              organisation={organisation}
              tokens={list.data.tokens}
              mayLast={list.data.allowsLasting}
              onMade={made}
            />
          ) : (
            <EmptyState
              icon={<KeyRound />}
              title="No tokens yet"
              description="A build server that deploys, say, needs “read”, “model” and “deploy” as a developer."
              action={<Button onClick={() => setMakes(true)}>New token</Button>}
              className="py-6"
            />
          )}
        </Card>
      ) : null}
      {list.data ? (
        <Card title="Rules">
          <Switch
            label="Tokens may be without an end"
            hint="Off: tokens that never expire, of the organisation and of its members, open nothing here."
            checked={list.data.allowsLasting}
            disabled={setRule.isPending}
            onCheckedChange={(allowsLasting) => setRule.mutate({ organisation, allowsLasting })}
          />
          {setRule.error ? <Banner tone="danger">{apiError(setRule.error).message}</Banner> : null}
        </Card>
      ) : null}
      {list.data ? (
        <NewOrganisationTokenDialog
          organisation={organisation}
          mayLast={list.data.allowsLasting}
          open={makes}
          onOpenChange={setMakes}
          onMade={made}
        />
      ) : null}
    </>
  );
}
