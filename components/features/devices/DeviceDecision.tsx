"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Field } from "#components/ui/Field.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { Select } from "#components/ui/Select.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { Scope } from "#lib/access/scopes.ts";
import { LifetimeFields } from "../tokens/LifetimeFields.tsx";
import { type ChosenLifetime, expiryOf } from "../tokens/lifetimes.ts";
import { ScopeFields } from "../tokens/ScopeFields.tsx";

/** All that the command line program does. */
const usual: readonly Scope[] = ["read", "model", "data", "deploy", "settings"];

interface DeviceDecisionProps {
  readonly code: string;
  /** Somebody wants to give another code. */
  readonly onOther: () => void;
}

/** What asks, and the two answers. */
export function DeviceDecision({ code, onOther }: DeviceDecisionProps) {
  const trpc = useTRPC();
  const login = useQuery({
    ...trpc.devices.find.queryOptions({ code }),
    refetchOnWindowFocus: false,
    staleTime: Infinity,
  });
  const decide = useMutation(trpc.devices.decide.mutationOptions());
  const organisations = useQuery(trpc.organisations.list.queryOptions());
  const [scopes, setScopes] = useState<readonly Scope[]>(usual);
  const [lifetime, setLifetime] = useState<ChosenLifetime>({ lifetime: "90", day: "" });
  const [only, setOnly] = useState("");
  if (decide.data) {
    return decide.data.approved ? (
      <Banner tone="success" title="The program is let in">
        Go back to it: it goes on by itself. You find it among the tokens of your account, and can revoke it there.
      </Banner>
    ) : (
      <Banner tone="info" title="The program was not let in">
        It has no access. You can close this page.
      </Banner>
    );
  }
  const error = login.error ?? decide.error;
  if (error) {
    return (
      <Card title="Let a program in">
        <div className="flex flex-col items-start gap-3">
          <Banner tone="danger">{apiError(error).message}</Banner>
          <Button onClick={onOther}>Type another code</Button>
        </div>
      </Card>
    );
  }
  if (!login.data) return <Skeleton className="h-56" />;
  return (
    <Card
      title={`Let “${login.data.name}” act for you?`}
      description={
        <>
          It asked <RelativeTime at={login.data.createdAt} /> and may do what you tick, until its token expires or you
          revoke it.
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-muted text-sm">Only go on if the program shows this same code:</p>
        <p className="rounded-md border bg-canvas py-3 text-center font-mono text-2xl tracking-widest">
          {login.data.userCode}
        </p>
        <ScopeFields chosen={scopes} onChange={setScopes} />
        <div className="flex flex-wrap items-start gap-3">
          <Field label="Opens" className="min-w-44 flex-1">
            <Select
              value={only}
              onValueChange={setOnly}
              options={[
                { value: "", label: "all my organisations" },
                ...(organisations.data ?? []).map((one) => ({ value: one.slug, label: `only ${one.name}` })),
              ]}
            />
          </Field>
          <LifetimeFields chosen={lifetime} onChange={setLifetime} />
        </div>
        <div className="flex flex-wrap gap-2">
          <Button
            variant="primary"
            pending={decide.isPending}
            disabled={scopes.length === 0 || (lifetime.lifetime === "date" && lifetime.day === "")}
            onClick={() => {
              const expiresAt = expiryOf(lifetime, new Date());
              decide.mutate({ code, approve: true, scopes: [...scopes], expiresAt, only: only === "" ? null : only });
            }}
          >
            Let it in
          </Button>
          <Button disabled={decide.isPending} onClick={() => decide.mutate({ code, approve: false })}>
            Do not
          </Button>
        </div>
      </div>
    </Card>
  );
}
