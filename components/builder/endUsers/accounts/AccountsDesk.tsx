"use client";

import { MailPlus, Search, Users } from "lucide-react";
import { useMemo, useState } from "react";
import { toast } from "sonner";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { TesterSession } from "../../policies/tester/TesterSession.ts";
import { useLoaded } from "../../policies/tester/useLoaded.ts";
import { AccountsClient } from "./AccountsClient.ts";
import { AccountTable } from "./AccountTable.tsx";
import { InvitationList } from "./InvitationList.tsx";
import { InviteDialog } from "./InviteDialog.tsx";
import { recordFields } from "./recordFields.ts";

/** Who has an account of the live app, who was invited, and what is done about it. */
export function AccountsDesk({ session }: { session: TesterSession }) {
  const { auth, roles = [] } = session.model.app;
  if (!auth) {
    return (
      <EmptyState
        icon={<Users />}
        title="Nobody signs in to the live release"
        description="Say how people sign in, save, and deploy it on the Ship screen; then their accounts stand here."
      />
    );
  }
  return <Desk session={session} roles={roles.map(({ name }) => name)} redirect={auth.redirects?.[0] ?? null} />;
}

interface DeskProps {
  session: TesterSession;
  roles: readonly string[];
  /** Where an invitation leads; null hands its code out alone. */
  redirect: string | null;
}

function Desk({ session, roles, redirect }: DeskProps) {
  const client = useMemo(() => new AccountsClient(session), [session]);
  const fields = useMemo(() => recordFields(session.model), [session]);
  const [email, setEmail] = useState("");
  const [sought, setSought] = useState("");
  const [pages, setPages] = useState<readonly string[]>([]);
  const [inviting, setInviting] = useState(false);
  const after = pages.at(-1);
  const { data, error, loading, reload } = useLoaded(`${sought} ${after ?? ""}`, async () => {
    const which = { ...(sought !== "" && { email: sought }), ...(after !== undefined && { after }) };
    const [accounts, invitations] = await Promise.all([client.accounts(which), client.invitations()]);
    return { accounts, invitations };
  });
  const act = (work: Promise<void>, done: string) =>
    work.then(
      () => {
        toast.success(done);
        reload();
      },
      (failure: unknown) => void toast.error(failure instanceof Error ? failure.message : String(failure)),
    );
  const next = data?.accounts.page.next ?? null;
  return (
    <>
      <Card
        title="Accounts"
        description={`Of ${session.environment}, release ${session.release}.`}
        actions={
          <Button size="sm" icon={<MailPlus />} onClick={() => setInviting(true)}>
            Invite somebody
          </Button>
        }
      >
        <div className="flex flex-col gap-4">
          <form
            className="flex flex-wrap items-end gap-2"
            onSubmit={(event) => {
              event.preventDefault();
              setPages([]);
              setSought(email.trim());
            }}
          >
            <Field label="Find by address" className="min-w-56 max-w-sm flex-1">
              <Input
                type="search"
                value={email}
                placeholder="ada@example.com"
                spellCheck={false}
                onChange={(event) => setEmail(event.target.value)}
              />
            </Field>
            <Button type="submit" icon={<Search />} pending={loading && data !== null}>
              Find
            </Button>
          </form>
          {error ? (
            <Banner
              tone="danger"
              title="The accounts could not be read"
              actions={
                <Button size="sm" onClick={reload}>
                  Try again
                </Button>
              }
            >
              {error}
            </Banner>
          ) : null}
          {data ? (
            <AccountTable accounts={data.accounts.data} roles={roles} client={client} act={act} sought={sought} />
          ) : error ? null : (
            <Skeleton className="h-40" />
          )}
          {next !== null || pages.length > 0 ? (
            <div className="flex gap-2">
              <Button size="sm" disabled={pages.length === 0} onClick={() => setPages(pages.slice(0, -1))}>
                Earlier
              </Button>
              <Button size="sm" disabled={next === null} onClick={() => next !== null && setPages([...pages, next])}>
                More
              </Button>
            </div>
          ) : null}
        </div>
      </Card>
      {data && data.invitations.length > 0 ? (
        <InvitationList
          invitations={data.invitations}
          revoke={(one) => act(client.revoke(one), `The invitation of ${one.email} is good no longer.`)}
        />
      ) : null}
      <InviteDialog
        open={inviting}
        onOpenChange={setInviting}
        roles={roles}
        fields={fields}
        invite={async (invitation) => {
          await client.invite(invitation, redirect);
          toast.success(`An invitation is on its way to ${invitation.email}.`);
          reload();
        }}
      />
    </>
  );
}
