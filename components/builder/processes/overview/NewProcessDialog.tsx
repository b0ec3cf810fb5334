"use client";

import { useState } from "react";
import { Dialog } from "#components/ui/Dialog.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import type { Start } from "#lib/model/processTypes.ts";
import { useBuilderActions, useDraft } from "../../BuilderContext.tsx";
import { StartChoice } from "../editor/AddStartDialog.tsx";
import { behaviourNameProblem } from "../editor/behaviourNameProblem.ts";
import { startKinds } from "../starts/newStart.ts";
import { useBehaviour } from "../studio/BehaviourContext.tsx";
import { starterProcess } from "./starters.ts";

interface NewProcessDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** A name and what starts it; the rest is drawn. */
export function NewProcessDialog({ open, onOpenChange }: NewProcessDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="New process"
      description="Steps that go on by themselves, in order and in branches."
      size="md"
    >
      <NewProcessForm onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function NewProcessForm({ onDone }: { onDone: () => void }) {
  const model = useDraft();
  const { run } = useBuilderActions();
  const { go } = useBehaviour();
  const [name, setName] = useState("");
  const wanted = name.trim();
  const error = wanted === "" ? null : behaviourNameProblem(model, wanted);
  const choose = (kind: Start["kind"]) => {
    if (error) return;
    const process = starterProcess(kind, model, ...(wanted === "" ? [] : [wanted]));
    if (!run({ type: "setProcess", process })) return;
    onDone();
    go({ kind: "process", name: process.name, view: "flow" });
  };
  return (
    <div className="flex flex-col gap-4">
      <Field label="Name" hint="What it is for, such as `followUp`. It can be changed later." error={error}>
        <Input
          autoFocus
          value={name}
          placeholder="followUp"
          spellCheck={false}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <div className="flex flex-col gap-1.5">
        <h3 className="font-medium text-muted text-xs">What starts it?</h3>
        <ul className="grid gap-2 sm:grid-cols-2">
          {startKinds.map((kind) => (
            <li key={kind}>
              <StartChoice kind={kind} onChoose={choose} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
