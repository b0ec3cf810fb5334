"use client";

import {
  CircleAlert,
  Code,
  Columns2,
  Plus,
  Redo2,
  Save,
  Search,
  ShieldCheck,
  Table2,
  Undo2,
  Workflow,
} from "lucide-react";
import { Button } from "#components/ui/Button.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import { Tooltip } from "#components/ui/Tooltip.tsx";
import { useBuilder, useBuilderActions, useBuilderStore, useProblems } from "./BuilderContext.tsx";
import { ChangesPopover } from "./save/ChangesPopover.tsx";
import { OfflineBadge, SaveStatus } from "./save/SaveStatus.tsx";
import { useOnline } from "./useOnline.ts";

export type BuilderView = "canvas" | "table" | "code" | "access";

interface BuilderToolbarProps {
  view: BuilderView;
  onViewChange: (view: BuilderView) => void;
  codeBeside: boolean;
  onCodeBesideChange: (beside: boolean) => void;
  problemsOpen: boolean;
  onProblemsOpenChange: (open: boolean) => void;
  onFind: () => void;
  saving: boolean;
  onSave: (message?: string) => void;
}

const views = [
  { value: "canvas", label: <ViewLabel icon={<Workflow />} text="Canvas" />, name: "Canvas" },
  { value: "table", label: <ViewLabel icon={<Table2 />} text="Table" />, name: "Table" },
  { value: "code", label: <ViewLabel icon={<Code />} text="Code" />, name: "Code" },
  { value: "access", label: <ViewLabel icon={<ShieldCheck />} text="Access" />, name: "Access" },
] as const;

function ViewLabel({ icon, text }: { icon: React.ReactNode; text: string }) {
  return (
    <>
      {icon}
      <span className="max-md:hidden">{text}</span>
    </>
  );
}

export function BuilderToolbar(props: BuilderToolbarProps) {
  const { askForResource } = useBuilderActions();
  const store = useBuilderStore();
  const base = useBuilder((state) => state.base);
  const dirty = useBuilder((state) => state.dirty);
  const history = useBuilder((state) => state.history);
  const online = useOnline();
  const undone = history.future[0]?.label;
  return (
    <>
      <div
        role="toolbar"
        aria-label="Builder"
        className="flex h-11 shrink-0 items-center gap-1 border-b bg-surface px-2 max-md:overflow-x-auto"
      >
        <SegmentedControl label="View" value={props.view} onValueChange={props.onViewChange} options={views} />
        {props.view === "code" ? null : (
          <IconButton
            label="Code beside"
            size="sm"
            aria-pressed={props.codeBeside}
            className="max-lg:hidden"
            onClick={() => props.onCodeBesideChange(!props.codeBeside)}
          >
            <Columns2 />
          </IconButton>
        )}
        <Divider />
        <Tooltip label="Add a resource" keys="R">
          <Button size="sm" icon={<Plus />} aria-label="Add resource" onClick={() => askForResource()}>
            <span className="max-sm:hidden">Add resource</span>
          </Button>
        </Tooltip>
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
        <IconButton label="Find" keys="/" size="sm" className="max-sm:hidden" onClick={props.onFind}>
          <Search />
        </IconButton>
        <span className="min-w-1 flex-1" />
        {online ? null : <OfflineBadge />}
        <SaveStatus commit={base.commit} lastCommit={base.lastCommit} className="mr-1 max-xl:hidden" />
        <ProblemsButton open={props.problemsOpen} onOpenChange={props.onProblemsOpenChange} />
        {dirty ? <ChangesPopover pending={props.saving} onSave={props.onSave} /> : null}
        <Tooltip label={dirty ? "Save the changes" : "Everything is saved"} keys="Ctrl S">
          <Button
            size="sm"
            variant="primary"
            icon={<Save />}
            // Not disabled: pressing it takes over what still stands in a field.
            aria-disabled={!dirty}
            pending={props.saving}
            aria-label="Save"
            onClick={() => props.onSave()}
          >
            <span className="max-sm:hidden">Save</span>
          </Button>
        </Tooltip>
      </div>
      <div className="shrink-0 border-b bg-surface px-3 py-0.5 xl:hidden">
        <SaveStatus commit={base.commit} lastCommit={base.lastCommit} className="text-2xs" />
      </div>
    </>
  );
}

function ProblemsButton({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const problems = useProblems();
  if (problems.length === 0 && !open) return null;
  const errors = problems.some(({ severity }) => severity === "error");
  const count = `${problems.length} ${problems.length === 1 ? "problem" : "problems"}`;
  return (
    <Button
      size="sm"
      variant={errors ? "dangerGhost" : "ghost"}
      icon={<CircleAlert />}
      aria-expanded={open}
      aria-label={count}
      onClick={() => onOpenChange(!open)}
    >
      <span className="max-lg:hidden">{count}</span>
      <span className="lg:hidden">{problems.length}</span>
    </Button>
  );
}

function Divider() {
  return <span className="mx-1 max-sm:hidden h-4 w-px shrink-0 bg-line" aria-hidden />;
}
