"use client";

import { useMemo, useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Popover } from "#components/ui/Popover.tsx";
import { readModel } from "#lib/model/read/readModel.ts";
import { useBuilder, useBuilderStore, useDraft } from "../BuilderContext.tsx";
import { changedFiles } from "../state/changedFiles.ts";
import { unsavedChanges } from "./unsavedChanges.ts";

interface ChangesPopoverProps {
  pending: boolean;
  onSave: (message?: string) => void;
}

/** "3 unsaved changes": which they are, a message for them, and the way back. */
export function ChangesPopover({ pending, onSave }: ChangesPopoverProps) {
  const [open, setOpen] = useState(false);
  const [message, setMessage] = useState("");
  const changes = useUnsavedChanges();
  const store = useBuilderStore();
  const save = () => {
    onSave(message.trim() || undefined);
    setOpen(false);
    setMessage("");
  };
  const count = `${changes.length} unsaved ${changes.length === 1 ? "change" : "changes"}`;
  return (
    <Popover
      label="Unsaved changes"
      align="end"
      className="w-96"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" variant="ghost" className="text-warning-text hover:text-warning-text">
          <span className="size-1.5 rounded-full bg-warning" aria-hidden />
          <span className="max-lg:hidden">{count}</span>
          <span className="lg:hidden">
            {changes.length}
            <span className="sr-only"> unsaved</span>
          </span>
        </Button>
      }
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <h2 className="font-semibold text-sm">{count}</h2>
        <ul className="flex max-h-64 list-disc flex-col gap-1 overflow-y-auto pl-4 text-sm">
          {changes.map((change, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a sentence may stand twice
            <li key={`${index} ${change}`} className="text-pretty">
              {change}
            </li>
          ))}
        </ul>
        <Field label="Message" note="optional" hint="Stands in the history; without one the changes are listed.">
          <Input value={message} maxLength={200} onChange={(event) => setMessage(event.target.value)} />
        </Field>
        <div className="flex justify-between gap-2">
          <Button
            size="sm"
            variant="dangerGhost"
            onClick={() => {
              store.replace(store.getState().base.files, "Discard changes");
              setOpen(false);
            }}
          >
            Discard changes
          </Button>
          <Button size="sm" variant="primary" type="submit" pending={pending}>
            Save changes
          </Button>
        </div>
      </form>
    </Popover>
  );
}

function useUnsavedChanges(): readonly string[] {
  const base = useBuilder((state) => state.base);
  const sources = useBuilder((state) => state.history.present.sources);
  const draft = useDraft();
  const before = useMemo(() => readModel(base.files).draft, [base]);
  return useMemo(
    () => unsavedChanges(before, draft, changedFiles(base.files, sources)),
    [before, draft, base, sources],
  );
}
