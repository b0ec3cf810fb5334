"use client";

import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import type { ActionName, Resource } from "#lib/model/types.ts";
import { useBuilderActions } from "../../BuilderContext.tsx";
import { actionNameProblem } from "./actionNameProblem.ts";

export const actionTypes: readonly { readonly value: ActionName; readonly label: string }[] = [
  { value: "update", label: "Changes a record" },
  { value: "create", label: "Makes a record" },
  { value: "read", label: "Answers some records" },
  { value: "destroy", label: "Deletes a record" },
];

export function NewAction({ resource, onDone }: { resource: Resource; onDone: () => void }) {
  const { run, reveal } = useBuilderActions();
  const [name, setName] = useState("");
  const [type, setType] = useState<ActionName>("update");
  const wanted = name.trim();
  const error = wanted === "" ? null : actionNameProblem(resource, wanted);
  const ready = wanted !== "" && error === null;
  return (
    <form
      aria-label="New action"
      className="flex flex-col gap-2.5 rounded-md border bg-raised p-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready || !run({ type: "setAction", resource: resource.name, action: { name: wanted, type } })) return;
        onDone();
        reveal({ kind: "action", resource: resource.name, name: wanted });
      }}
    >
      <Field label="Action name" error={error} hint="What someone does, as a verb.">
        <Input
          autoFocus
          value={name}
          spellCheck={false}
          placeholder="approve"
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field label="What it does">
        <Select value={type} options={actionTypes} onValueChange={setType} />
      </Field>
      <div className="flex justify-end gap-2">
        <Button size="sm" onClick={onDone}>
          Cancel
        </Button>
        <Button size="sm" type="submit" variant="primary" disabled={!ready}>
          Add action
        </Button>
      </div>
    </form>
  );
}
