"use client";

import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import { Field, FieldError } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { RoleChoice } from "./RolesDialog.tsx";

interface InviteDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Of the live app. */
  roles: readonly string[];
  invite: (email: string, roles: readonly string[]) => Promise<void>;
}

export function InviteDialog({ open, onOpenChange, ...rest }: InviteDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Invite somebody"
      description="They get a mail that is good for seven days. The account is made when they accept."
    >
      <InviteForm {...rest} close={() => onOpenChange(false)} />
    </Dialog>
  );
}

function InviteForm({ roles, invite, close }: Pick<InviteDialogProps, "roles" | "invite"> & { close: () => void }) {
  const [email, setEmail] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setPending(true);
        setFailure(null);
        invite(email.trim(), chosen).then(close, (error: unknown) => {
          setFailure(error instanceof Error ? error.message : String(error));
          setPending(false);
        });
      }}
    >
      <Field label="Address">
        <Input
          autoFocus
          required
          type="email"
          value={email}
          placeholder="ada@example.com"
          onChange={(event) => setEmail(event.target.value)}
        />
      </Field>
      {roles.length > 0 ? (
        <fieldset className="flex min-w-0 flex-col">
          <legend className="mb-1 font-medium text-muted text-xs">Roles</legend>
          <RoleChoice roles={roles} chosen={chosen} onChange={setChosen} />
        </fieldset>
      ) : null}
      {failure === null ? null : <FieldError error={failure} />}
      <div className="flex justify-end gap-2">
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" variant="primary" pending={pending}>
          Invite
        </Button>
      </div>
    </form>
  );
}
