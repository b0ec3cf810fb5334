"use client";

import { Code, Columns2, Plus, Search, ShieldCheck, Table2, Workflow } from "lucide-react";
import { Button } from "#components/ui/Button.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import { Tooltip } from "#components/ui/Tooltip.tsx";
import { useBuilder, useBuilderActions } from "./BuilderContext.tsx";
import { OfflineBadge, SaveStatus } from "./save/SaveStatus.tsx";
import { HistoryButtons } from "./toolbar/HistoryButtons.tsx";
import { SaveButtons } from "./toolbar/SaveButtons.tsx";
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
  whyNotSave?: string | undefined;
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
  const base = useBuilder((state) => state.base);
  const online = useOnline();
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
        <HistoryButtons />
        <IconButton label="Find" keys="/" size="sm" className="max-sm:hidden" onClick={props.onFind}>
          <Search />
        </IconButton>
        <span className="min-w-1 flex-1" />
        {online ? null : <OfflineBadge />}
        <SaveStatus commit={base.commit} lastCommit={base.lastCommit} className="mr-1 max-xl:hidden" />
        <SaveButtons
          problemsOpen={props.problemsOpen}
          onProblemsOpenChange={props.onProblemsOpenChange}
          saving={props.saving}
          onSave={props.onSave}
          whyNot={props.whyNotSave}
        />
      </div>
      <div className="shrink-0 border-b bg-surface px-3 py-0.5 xl:hidden">
        <SaveStatus commit={base.commit} lastCommit={base.lastCommit} className="text-2xs" />
      </div>
    </>
  );
}

function Divider() {
  return <span className="mx-1 max-sm:hidden h-4 w-px shrink-0 bg-line" aria-hidden />;
}
