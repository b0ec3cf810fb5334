"use client";

import { CircleAlert, Save } from "lucide-react";
import { Button } from "#components/ui/Button.tsx";
import { Tooltip } from "#components/ui/Tooltip.tsx";
import { useBuilder, useProblems } from "../BuilderContext.tsx";
import { ChangesPopover } from "../save/ChangesPopover.tsx";

interface SaveButtonsProps {
  problemsOpen: boolean;
  onProblemsOpenChange: (open: boolean) => void;
  saving: boolean;
  onSave: (message?: string) => void;
  whyNot?: string | undefined;
}

/** What is wrong with a document, what is unsaved, and the button that saves it. */
export function SaveButtons({ problemsOpen, onProblemsOpenChange, saving, onSave, whyNot }: SaveButtonsProps) {
  const dirty = useBuilder((state) => state.dirty);
  return (
    <>
      <ProblemsButton open={problemsOpen} onOpenChange={onProblemsOpenChange} />
      {dirty ? <ChangesPopover pending={saving} onSave={onSave} /> : null}
      <Tooltip label={whyNot ?? (dirty ? "Save the changes" : "Everything is saved")} keys="Ctrl S">
        <Button
          size="sm"
          variant="primary"
          icon={<Save />}
          // Not disabled: pressing it takes over what still stands in a field.
          aria-disabled={!dirty || whyNot !== undefined}
          pending={saving}
          aria-label="Save"
          onClick={() => onSave()}
        >
          <span className="max-sm:hidden">Save</span>
        </Button>
      </Tooltip>
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
