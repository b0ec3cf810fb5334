"use client";

import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import type { ShownProposal } from "./shownProposal.ts";

interface RejectDialogProps {
  /** Null: the dialog is closed. */
  proposal: ShownProposal | null;
  onClose: () => void;
  onReject: (id: string, reason: string) => void;
}

/** Asks why a proposal is not wanted; it is not made again. */
export function RejectDialog({ proposal, onClose, onReject }: RejectDialogProps) {
  return (
    <Dialog
      open={proposal !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Reject this proposal?"
      description={proposal?.test.name}
    >
      {proposal ? <RejectForm proposal={proposal} onClose={onClose} onReject={onReject} /> : null}
    </Dialog>
  );
}

function RejectForm({ proposal, onClose, onReject }: RejectDialogProps & { proposal: ShownProposal }) {
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onReject(proposal.id, reason.trim());
    onClose();
  };
  return (
    <form className="flex flex-col gap-4" onSubmit={submit}>
      <Field
        label="Why"
        note="optional"
        hint="For whoever wonders later. If the model is wrong, mend the model instead."
      >
        <Input autoFocus value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary">
          Reject
        </Button>
      </div>
    </form>
  );
}
