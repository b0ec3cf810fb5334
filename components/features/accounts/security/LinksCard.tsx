"use client";

import { useQuery } from "@tanstack/react-query";
import { signIn } from "next-auth/react";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { useProvenMutation } from "../proof/useProvenMutation.ts";

/** Accounts elsewhere; nothing where the installation is set up for none. */
export function LinksCard() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const known = useQuery(trpc.accounts.links.list.queryOptions());
  const [doomed, setDoomed] = useState<{ id: string; name: string } | null>(null);
  const begin = useProvenMutation(async (provider: string) => {
    await client.accounts.links.begin.mutate({ provider });
    await signIn(provider, { callbackUrl: "/account/security" });
  });
  const remove = useProvenMutation((id: string) => client.accounts.links.remove.mutate({ id }));
  if (!known.data || (known.data.providers.length === 0 && known.data.links.length === 0)) return null;
  const { providers, links } = known.data;
  const nameOf = (key: string) => providers.find((provider) => provider.key === key)?.name ?? key;
  const failure = begin.failure ?? remove.failure;
  return (
    <Card title="Accounts elsewhere" description="Sign in with an account that you have with somebody else.">
      <div className="flex flex-col gap-4">
        {failure ? <Banner tone="danger">{failure.message}</Banner> : null}
        {links.length > 0 ? (
          <ul className="flex flex-col divide-y rounded-md border" aria-label="Linked accounts">
            {links.map(({ id, provider, email, createdAt }) => (
              <li key={id} className="flex flex-wrap items-center gap-3 px-3 py-2">
                <div className="min-w-0 flex-1 text-sm">
                  <p className="font-medium">{nameOf(provider)}</p>
                  <p className="truncate text-muted text-xs">
                    {email ? `${email}, ` : ""}linked <RelativeTime at={createdAt} />
                  </p>
                </div>
                <Button
                  size="sm"
                  variant="dangerGhost"
                  onClick={() => setDoomed({ id, name: nameOf(provider) })}
                  aria-label={`Unlink ${nameOf(provider)}`}
                >
                  Unlink
                </Button>
              </li>
            ))}
          </ul>
        ) : null}
        <div className="flex flex-wrap gap-2">
          {providers.map(({ key, name }) => (
            <Button key={key} pending={begin.isPending && begin.variables === key} onClick={() => begin.mutate(key)}>
              Link {name}
            </Button>
          ))}
        </div>
      </div>
      <ConfirmDialog
        open={doomed !== null}
        onOpenChange={(open) => {
          if (!open) setDoomed(null);
        }}
        title={`Unlink ${doomed?.name ?? "it"}?`}
        description="One can no longer sign in with it. You can link it again."
        action="Unlink"
        onConfirm={() => {
          if (doomed) remove.mutate(doomed.id);
          setDoomed(null);
        }}
      />
    </Card>
  );
}
