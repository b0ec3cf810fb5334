"use client";

import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { resourceNameShape } from "#lib/model/naming/nameShape.ts";
import { pascalCase } from "#lib/model/naming/pascalCase.ts";
import { pluralOf } from "#lib/model/naming/pluralOf.ts";
import { restPath } from "#lib/model/naming/restPath.ts";
import { useBuilderActions, useDraft } from "./BuilderContext.tsx";
import { resourceNameProblem } from "./relationshipNames.ts";

interface AddResourceDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function AddResourceDialog({ open, onOpenChange }: AddResourceDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Add a resource"
      description="A thing that the business keeps track of: a customer, an order, an invoice."
    >
      <AddResourceForm onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function AddResourceForm({ onDone }: { onDone: () => void }) {
  const model = useDraft();
  const { run, reveal } = useBuilderActions();
  const [typed, setTyped] = useState("");
  const name = asResourceName(typed);
  const error = typed.trim() === "" ? null : resourceNameProblem(model, name);

  const submit = () => {
    if (typed.trim() === "" || error) return;
    if (!run({ type: "addResource", name })) return;
    onDone();
    reveal({ kind: "resource", resource: name });
    // The next thing one wants to say of it.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => document.querySelector<HTMLElement>("[data-new-attribute]")?.focus()),
    );
  };

  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field
        label="Resource name"
        error={error}
        hint={
          typed.trim() === "" || error
            ? "One of them, as one says it: Order, Order detail."
            : `${name}, in the API as /${restPath({ plural: pluralOf(name) })}`
        }
      >
        <Input
          autoFocus
          size="lg"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          spellCheck={false}
          placeholder="Order"
        />
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={typed.trim() === "" || error !== null}>
          Add resource
        </Button>
      </div>
    </form>
  );
}

/** "order detail" becomes `OrderDetail`; what is a name already stays. */
function asResourceName(typed: string): string {
  const name = typed.trim();
  return resourceNameShape(name) === null ? name : pascalCase(name.replace(/[^\p{L}\p{N}_ -]/gu, " ")) || name;
}
