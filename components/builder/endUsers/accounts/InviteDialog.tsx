"use client";

import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import { Field, FieldError } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import type { NewInvitation } from "./AccountsClient.ts";
import { RoleChoice } from "./RolesDialog.tsx";
import type { RecordField } from "./recordFields.ts";

interface InviteDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Of the live app. */
  roles: readonly string[];
  /** What their records cannot be without. */
  fields: readonly RecordField[];
  invite: (invitation: NewInvitation) => Promise<void>;
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

type InviteFormProps = Pick<InviteDialogProps, "roles" | "fields" | "invite"> & { close: () => void };

function InviteForm({ roles, fields, invite, close }: InviteFormProps) {
  const [email, setEmail] = useState("");
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const shownIn = ({ name, options }: RecordField) => values[name] ?? options?.[0] ?? "";
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
        const profile = Object.fromEntries(fields.map((field) => [field.name, field.read(shownIn(field))]));
        invite({ email: email.trim(), roles: chosen, profile }).then(close, (error: unknown) => {
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
      {fields.map((field) => (
        <Field key={field.name} label={<code className="font-mono">{field.name}</code>}>
          {field.options ? (
            <Select
              value={shownIn(field)}
              options={field.options.map((option) => ({ value: option, label: option }))}
              onValueChange={(value) => setValues({ ...values, [field.name]: value })}
            />
          ) : (
            <Input
              required
              value={shownIn(field)}
              onChange={(event) => setValues({ ...values, [field.name]: event.target.value })}
            />
          )}
        </Field>
      ))}
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
