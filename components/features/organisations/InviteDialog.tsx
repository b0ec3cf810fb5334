"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { LimitNotice } from "#components/features/plans/LimitNotice.tsx";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Select } from "#components/ui/Select.tsx";
import { Textarea } from "#components/ui/Textarea.tsx";
import { mayManage } from "#lib/access/mayManage.ts";
import type { Role } from "#lib/access/roles.ts";
import { InvitationLinks } from "./InvitationLinks.tsx";
import type { OrganisationScope } from "./OrganisationScope.ts";
import { roleOptions, roleWords } from "./roleWords.ts";

interface InviteDialogProps extends OrganisationScope {
  onClose: () => void;
}

/** Several addresses at once, with one role. */
export function InviteDialog({ organisation, onClose }: InviteDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { data } = useQuery(trpc.organisations.get.queryOptions({ organisation }));
  const [text, setText] = useState("");
  const [role, setRole] = useState<Role>("developer");
  const emails = text.split(/[\s,;]+/).filter((part) => part !== "");
  const invite = useMutation(
    trpc.invitations.create.mutationOptions({
      onSuccess: async (outcomes) => {
        await queries.invalidateQueries({ queryKey: trpc.invitations.pathKey() });
        if (outcomes.some(({ link, outcome }) => link !== null || outcome === "member")) return;
        toast.success(
          outcomes.length === 1 ? "Invited. The mail is on its way." : `${outcomes.length} people invited.`,
        );
        onClose();
      },
    }),
  );
  const error = invite.error ? apiError(invite.error) : null;
  const wrong = error?.fields.map(({ field, message }) => {
    const [, index] = /^emails\.(\d+)/.exec(field) ?? [];
    return index === undefined ? message : `${emails[Number(index)]}: ${message}`;
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      size="md"
      title="Invite people"
      description="Each gets a mail with a link that lasts 7 days and works once."
    >
      {invite.data ? (
        <InvitationLinks outcomes={invite.data} onClose={onClose} />
      ) : (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            invite.mutate({ organisation, emails, role });
          }}
        >
          {error && error.fields.length === 0 ? <Banner tone="danger">{error.message}</Banner> : null}
          {error ? null : <LimitNotice organisation={organisation} limit="members" />}
          <Field
            label="Addresses"
            hint="Up to 20, with commas, spaces or on lines of their own."
            error={wrong && wrong.length > 0 ? wrong.join(" ") : undefined}
          >
            <Textarea
              required
              autoFocus
              rows={3}
              placeholder="ada@example.com, grace@example.com"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </Field>
          <Field label="Role" hint={roleWords[role].says}>
            <Select
              options={roleOptions((one) => data !== undefined && mayManage(data.role, one))}
              value={role}
              onValueChange={setRole}
            />
          </Field>
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" pending={invite.isPending} disabled={emails.length === 0}>
              {emails.length > 1 ? `Invite ${emails.length} people` : "Invite"}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
