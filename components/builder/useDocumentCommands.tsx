"use client";

import { CircleAlert, Redo2, Save, Undo2 } from "lucide-react";
import type { Command } from "#components/ui/CommandRegistry.tsx";
import { useBuilder, useBuilderActions, useBuilderStore, useProblems } from "./BuilderContext.tsx";

/** What the command palette offers for any document that is being edited: saving, the way back, the first problem. */
export function useDocumentCommands(group: string, onSave: () => void): readonly (Command | null)[] {
  const store = useBuilderStore();
  const { showProblem } = useBuilderActions();
  const dirty = useBuilder((state) => state.dirty);
  const history = useBuilder((state) => state.history);
  const [problem] = useProblems();
  return [
    dirty ? { id: "model-save", title: "Save", group, keys: "Ctrl S", icon: <Save />, run: onSave } : null,
    history.past.length > 0
      ? {
          id: "model-undo",
          title: `Undo: ${history.present.label}`,
          group,
          keys: "Ctrl Z",
          icon: <Undo2 />,
          run: store.undo,
        }
      : null,
    history.future[0]
      ? {
          id: "model-redo",
          title: `Redo: ${history.future[0].label}`,
          group,
          keys: "Ctrl Shift Z",
          icon: <Redo2 />,
          run: store.redo,
        }
      : null,
    problem
      ? {
          id: "model-problem",
          title: "Go to the first problem",
          group,
          icon: <CircleAlert />,
          run: () => showProblem(problem),
        }
      : null,
  ];
}
