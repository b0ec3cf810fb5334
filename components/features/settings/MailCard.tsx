"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { toast } from "sonner";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { AppRouter } from "#server/trpc/root.ts";
import type { EnvironmentScope } from "../EnvironmentScope.ts";
import { MailForm } from "./MailForm.tsx";

export type MailSettings = inferRouterOutputs<AppRouter>["outbound"]["mail"]["get"];

/** The server that the mails of the app leave by. */
export function MailCard(scope: EnvironmentScope) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const mail = useQuery(trpc.outbound.mail.get.queryOptions(scope));
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.outbound.mail.get.queryKey() });
  const clear = useMutation(trpc.outbound.mail.clear.mutationOptions({ onSuccess: refresh }));
  const test = useMutation(
    trpc.outbound.mail.test.mutationOptions({ onSuccess: ({ to }) => toast.success(`Sent to ${to}.`) }),
  );
  const failed = test.error ?? clear.error;
  return (
    <Card
      title="Mail"
      description="The server by which processes and sign-in send their mails. A change reaches the live app at once."
      actions={
        <>
          {mail.data?.source === "own" ? (
            <PermittedButton
              permission="settings.write"
              size="sm"
              variant="ghost"
              pending={clear.isPending}
              onClick={() => clear.mutate(scope)}
            >
              Forget the server
            </PermittedButton>
          ) : null}
          {mail.data?.source ? (
            <PermittedButton
              permission="settings.write"
              size="sm"
              pending={test.isPending}
              onClick={() => test.mutate(scope)}
            >
              Send me a test mail
            </PermittedButton>
          ) : null}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {failed ? <Banner tone="danger">{apiError(failed).message}</Banner> : null}
        {mail.error ? <QueryFailure query={mail} /> : null}
        {mail.isPending ? <Skeleton className="h-32" /> : null}
        {mail.data ? (
          <>
            <p className="text-muted text-sm">{sentence(mail.data)}</p>
            <MailForm key={JSON.stringify(mail.data)} {...scope} settings={mail.data} onSaved={refresh} />
          </>
        ) : null}
      </div>
    </Card>
  );
}

function sentence({ source, from }: MailSettings): string {
  switch (source) {
    case "own":
      return `Mails leave by this server, from ${from}.`;
    case "installation":
      return `Mails leave by the server of this installation, from ${from}. Name one of your own to use that instead.`;
    case null:
      return "No mail can be sent yet: name the server to send it by.";
  }
}
