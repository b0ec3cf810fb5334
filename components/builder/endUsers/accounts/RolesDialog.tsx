"use client";

import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Checkbox } from "#components/ui/Checkbox.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import type { AccountRow } from "./AccountsClient.ts";

interface RolesDialogProps {
  account: AccountRow;
  name: string;
  /** Of the live app. */
  roles: readonly string[];
  onClose: () => void;
  onChange: (roles: readonly string[]) => void;
}

export function RolesDialog({ account, name, roles, onClose, onChange }: RolesDialogProps) {
  const [chosen, setChosen] = useState(account.roles.filter((role) => roles.includes(role)));
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Roles of ${name}`}
      description="They hold at once, also where somebody is signed in."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={() => onChange(chosen)}>
            Change roles
          </Button>
        </>
      }
    >
      {roles.length === 0 ? <p className="text-muted text-sm">The live release has no roles.</p> : null}
      <RoleChoice roles={roles} chosen={chosen} onChange={setChosen} />
    </Dialog>
  );
}

interface RoleChoiceProps {
  roles: readonly string[];
  chosen: readonly string[];
  onChange: (roles: string[]) => void;
}

export function RoleChoice({ roles, chosen, onChange }: RoleChoiceProps) {
  return (
    <div className="flex flex-wrap gap-x-5 gap-y-1">
      {roles.map((role) => (
        <Checkbox
          key={role}
          label={<code className="font-mono text-xs">{role}</code>}
          checked={chosen.includes(role)}
          onCheckedChange={(on) => onChange(on ? [...chosen, role] : chosen.filter((other) => other !== role))}
        />
      ))}
    </div>
  );
}
