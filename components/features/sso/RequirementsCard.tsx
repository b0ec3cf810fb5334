"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Switch } from "#components/ui/Switch.tsx";
import type { AppRouter } from "#server/trpc/root.ts";

type Requirements = inferRouterOutputs<AppRouter>["sso"]["requirements"]["get"];

/** What is asked of whoever comes in. */
export function RequirementsCard({ organisation, known }: { organisation: string; known: Requirements }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: trpc.sso.requirements.get.queryKey() });
  const setFactor = useMutation(trpc.sso.requirements.setSecondFactor.mutationOptions({ onSuccess }));
  const setSso = useMutation(trpc.sso.requirements.setSso.mutationOptions({ onSuccess }));
  const failure = setFactor.error ?? setSso.error;
  const { requiresSecondFactor, requiresSso, ssoIsSecondFactor, withoutFactor, canRequireSso } = known;
  return (
    <Card title="What is asked of members">
      <div className="flex flex-col gap-4">
        {failure ? <Banner tone="danger">{apiError(failure).message}</Banner> : null}
        <Switch
          label="A second factor is required"
          hint="Codes from an app or a passkey. Members without one see nothing here until they have set one up."
          checked={requiresSecondFactor}
          disabled={setFactor.isPending}
          onCheckedChange={(required) => setFactor.mutate({ organisation, required })}
        />
        {withoutFactor.length > 0 ? <Missing required={requiresSecondFactor} people={withoutFactor} /> : null}
        <Switch
          label="Single sign-on is required"
          hint={
            canRequireSso || requiresSso
              ? "Of members with an address of your verified domains. Owners come in without it too, so that nobody is locked out when the provider fails; guests of other domains as before."
              : "Verify a domain and switch a connection on first."
          }
          checked={requiresSso}
          disabled={setSso.isPending || (!canRequireSso && !requiresSso)}
          onCheckedChange={(on) => setSso.mutate({ organisation, requiresSso: on, ssoIsSecondFactor })}
        />
        <Switch
          label="Single sign-on counts as a second factor"
          hint="Switch it on where your provider asks for a second factor itself. It counts for this organisation only."
          checked={ssoIsSecondFactor}
          disabled={setSso.isPending}
          onCheckedChange={(on) => setSso.mutate({ organisation, requiresSso, ssoIsSecondFactor: on })}
        />
      </div>
    </Card>
  );
}

function Missing({ required, people }: { required: boolean; people: Requirements["withoutFactor"] }) {
  const many = people.length === 1 ? "One member has" : `${people.length} members have`;
  return (
    <Banner tone="warning" title={`${many} no second factor yet${required ? " and cannot come in" : ""}.`}>
      <Disclosure title="Who they are">
        <ul className="flex flex-col gap-1 pt-1 text-xs">
          {people.map(({ name, email }) => (
            <li key={email} className="break-all">
              {name} <span className="text-muted">{email}</span>
            </li>
          ))}
        </ul>
      </Disclosure>
    </Banner>
  );
}
