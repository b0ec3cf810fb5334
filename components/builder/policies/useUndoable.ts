"use client";

import { toast } from "sonner";
import type { ModelCommand } from "#lib/model/commands/ModelCommand.ts";
import { useBuilderActions, useBuilderStore } from "../BuilderContext.tsx";

/** Runs a command and says so with a button that takes it back, as long as nothing else was done since. */
export function useUndoable(): (command: ModelCommand, said: string) => boolean {
  const store = useBuilderStore();
  const { run } = useBuilderActions();
  return (command, said) => {
    store.seal();
    if (!run(command)) return false;
    store.seal();
    const { present } = store.getState().history;
    const undo = () => {
      if (store.getState().history.present.sources === present.sources) store.undo();
    };
    toast(said, { action: { label: "Undo", onClick: undo } });
    return true;
  };
}
