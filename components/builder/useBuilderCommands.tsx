"use client";

import {
  CircleAlert,
  Code,
  Plus,
  Redo2,
  Save,
  Search,
  ShieldCheck,
  Table2,
  Trash2,
  Undo2,
  Workflow,
} from "lucide-react";
import { type Command, useCommands } from "#components/ui/CommandRegistry.tsx";
import { useBuilder, useBuilderActions, useBuilderStore, useProblems, useSelection } from "./BuilderContext.tsx";
import type { BuilderView } from "./BuilderToolbar.tsx";
import { selectionWord } from "./state/Selection.ts";

interface BuilderCommandOptions {
  onSave: () => void;
  onFind: () => void;
  onViewChange: (view: BuilderView) => void;
}

/** What the command palette offers while the builder is on the screen. */
export function useBuilderCommands({ onSave, onFind, onViewChange }: BuilderCommandOptions): void {
  const store = useBuilderStore();
  const { askForResource, remove, showProblem } = useBuilderActions();
  const selection = useSelection();
  const dirty = useBuilder((state) => state.dirty);
  const history = useBuilder((state) => state.history);
  const [problem] = useProblems();
  const group = "Model";
  const commands: (Command | null)[] = [
    { id: "model-add", title: "Add resource", group, keys: "R", icon: <Plus />, run: () => askForResource() },
    { id: "model-find", title: "Find a resource or attribute", group, keys: "/", icon: <Search />, run: onFind },
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
    selection
      ? {
          id: "model-remove",
          title: `Remove ${selectionWord(selection)} ${"name" in selection ? selection.name : selection.resource}`,
          group,
          keys: "Del",
          icon: <Trash2 />,
          run: () => remove(selection),
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
    { id: "model-canvas", title: "Show the canvas", group, icon: <Workflow />, run: () => onViewChange("canvas") },
    { id: "model-table", title: "Show the table", group, icon: <Table2 />, run: () => onViewChange("table") },
    { id: "model-code", title: "Show the code", group, icon: <Code />, run: () => onViewChange("code") },
    {
      id: "model-access",
      title: "Show who may do what",
      group,
      icon: <ShieldCheck />,
      keywords: ["policies", "access", "roles", "try"],
      run: () => onViewChange("access"),
    },
  ];
  useCommands(commands.filter((command) => command !== null));
}
