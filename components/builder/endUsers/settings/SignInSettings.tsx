"use client";

import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import { useBuilderActions } from "../../BuilderContext.tsx";
import { IssuersCard } from "./IssuersCard.tsx";
import { PeopleCard } from "./PeopleCard.tsx";
import { ProvidersCard } from "./ProvidersCard.tsx";
import { RedirectsCard } from "./RedirectsCard.tsx";
import { SecondFactorCard } from "./SecondFactorCard.tsx";
import { WaysCard } from "./WaysCard.tsx";

/** How people sign in, as the model says it. */
export function SignInSettings({ appUrl }: { appUrl: string | null }) {
  const { run } = useBuilderActions();
  const [asked, setAsked] = useState(false);
  return (
    <>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <PeopleCard />
        <WaysCard />
        <SecondFactorCard />
        <RedirectsCard />
      </div>
      <ProvidersCard appUrl={appUrl} />
      <IssuersCard />
      <Button size="sm" className="self-start" onClick={() => setAsked(true)}>
        Let nobody sign in any more
      </Button>
      <ConfirmDialog
        open={asked}
        onOpenChange={setAsked}
        title="Let nobody sign in any more?"
        description="With the next deploy /auth answers no longer. Accounts stay until the next contract step, and come back with the settings."
        action="Take sign-in away"
        onConfirm={() => {
          run({ type: "setAuth", auth: undefined });
          setAsked(false);
        }}
      />
    </>
  );
}
