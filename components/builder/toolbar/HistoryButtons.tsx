"use client";

import { Redo2, Undo2 } from "lucide-react";
import { IconButton } from "#components/ui/IconButton.tsx";
import { useBuilder, useBuilderStore } from "../BuilderContext.tsx";

/** The way back through the changes of a document, and forth again. */
export function HistoryButtons() {
  const store = useBuilderStore();
  const history = useBuilder((state) => state.history);
  const undone = history.future[0]?.label;
  return (
    <>
      <IconButton
        label={history.present.label === "" || history.past.length === 0 ? "Undo" : `Undo: ${history.present.label}`}
        aria-label="Undo"
        keys="Ctrl Z"
        size="sm"
        disabled={history.past.length === 0}
        onClick={store.undo}
      >
        <Undo2 />
      </IconButton>
      <IconButton
        label={undone === undefined ? "Redo" : `Redo: ${undone}`}
        aria-label="Redo"
        keys="Ctrl Shift Z"
        size="sm"
        disabled={history.future.length === 0}
        onClick={store.redo}
      >
        <Redo2 />
      </IconButton>
    </>
  );
}
