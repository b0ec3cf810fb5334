"use client";

import { Code, Plus, Search, ShieldCheck, Table2, Trash2, Workflow } from "lucide-react";
import { type Command, useCommands } from "#components/ui/CommandRegistry.tsx";
import { useBuilderActions, useSelection } from "./BuilderContext.tsx";
import type { BuilderView } from "./BuilderToolbar.tsx";
import { selectionWord } from "./state/Selection.ts";
import { useDocumentCommands } from "./useDocumentCommands.tsx";

interface BuilderCommandOptions {
  onSave: () => void;
  onFind: () => void;
  onViewChange: (view: BuilderView) => void;
}

/** What the command palette offers while the builder is on the screen. */
export function useBuilderCommands({ onSave, onFind, onViewChange }: BuilderCommandOptions): void {
  const { askForResource, remove } = useBuilderActions();
  const selection = useSelection();
  const group = "Model";
  const document = useDocumentCommands(group, onSave);
  const commands: (Command | null)[] = [
    { id: "model-add", title: "Add resource", group, keys: "R", icon: <Plus />, run: () => askForResource() },
    { id: "model-find", title: "Find a resource or attribute", group, keys: "/", icon: <Search />, run: onFind },
    ...document,
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
