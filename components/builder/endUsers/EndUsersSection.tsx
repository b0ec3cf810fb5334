"use client";

import { UserRoundKey } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import type { Model } from "#lib/model/types.ts";
import { useBuilderActions, useDraft } from "../BuilderContext.tsx";
import { LiveSession } from "../policies/tester/LiveSession.tsx";
import type { TesterSession } from "../policies/tester/TesterSession.ts";
import { AccountsDesk } from "./accounts/AccountsDesk.tsx";
import { SignInSettings } from "./settings/SignInSettings.tsx";

interface EndUsersSectionProps {
  /** Null: nothing is deployed. */
  open: () => Promise<TesterSession | null>;
  /** The address at which the app is served; null while that is not known. */
  appUrl: string | null;
}

/** The people who use the app: how they sign in, and their accounts. */
export function EndUsersSection({ open, appUrl }: EndUsersSectionProps) {
  const draft = useDraft();
  const { run } = useBuilderActions();
  const [shown, setShown] = useState<"settings" | "accounts">("settings");
  return (
    <>
      <PageHeader
        title="End users"
        description={
          shown === "settings"
            ? "How the people who use the app sign in. It takes effect with the next deploy."
            : "Who has an account of the live app. This browser asks the app itself; nothing passes through Gantry."
        }
        actions={
          <SegmentedControl
            label="What is shown"
            value={shown}
            onValueChange={setShown}
            options={[
              { value: "settings", label: "Sign-in" },
              { value: "accounts", label: "Accounts" },
            ]}
          />
        }
      />
      {shown === "accounts" ? (
        <LiveSession open={open} what="The list of accounts" empty="Here one sees who has an account of the live app.">
          {({ session }) => <AccountsDesk key={`${session.environment} ${session.release}`} session={session} />}
        </LiveSession>
      ) : draft.app.auth ? (
        <SignInSettings appUrl={appUrl} />
      ) : (
        <EmptyState
          icon={<UserRoundKey />}
          title="Nobody signs in yet"
          description="Only API keys get at the app. Let people have accounts with passwords, links by mail or the providers they know, and let policies say what each may do."
          action={
            <Button variant="primary" onClick={() => run({ type: "setAuth", auth: firstAuth(draft) })}>
              Let people sign in
            </Button>
          }
        />
      )}
    </>
  );
}

/** What one begins with: passwords, and the attribute that the address most likely stands in. */
function firstAuth({ app, resources }: Model) {
  const users = resources.find(({ name }) => name === app.users);
  const address = users?.attributes.find(({ type, unique }) => type.kind === "email" && unique);
  return { password: {}, ...(address && { email: address.name }) };
}
