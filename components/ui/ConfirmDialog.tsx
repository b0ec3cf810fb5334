"use client";

import { type ReactNode, useState } from "react";
import { Button } from "./Button.tsx";
import { Dialog } from "./Dialog.tsx";
import { Field } from "./Field.tsx";
import { Input } from "./Input.tsx";

interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  /** What the button does, as a verb: "Delete project". */
  action: string;
  /** When given, the person types this name first: for what cannot be undone. */
  name?: string;
  pending?: boolean;
  onConfirm: () => void;
  children?: ReactNode;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Dialog open={props.open} onOpenChange={props.onOpenChange} title={props.title} description={props.description}>
      <ConfirmForm {...props} />
    </Dialog>
  );
}

function ConfirmForm({ action, name, pending = false, onOpenChange, onConfirm, children }: ConfirmDialogProps) {
  const [typed, setTyped] = useState("");
  const ready = name === undefined || typed === name;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onConfirm();
      }}
    >
      {children}
      {name === undefined ? null : (
        <Field
          label={
            <>
              Type <span className="font-semibold text-ink">{name}</span> to go on
            </>
          }
        >
          <Input autoFocus value={typed} onChange={(event) => setTyped(event.target.value)} spellCheck={false} />
        </Field>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={() => onOpenChange(false)}>Cancel</Button>
        <Button type="submit" variant="danger" disabled={!ready} pending={pending} autoFocus={name === undefined}>
          {action}
        </Button>
      </div>
    </form>
  );
}
