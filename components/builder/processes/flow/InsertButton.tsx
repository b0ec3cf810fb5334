"use client";

import { Plus } from "lucide-react";
import { useRef } from "react";
import { cn } from "#components/ui/cn.ts";
import { Popover } from "#components/ui/Popover.tsx";
import { placeKey, type StepPlace } from "../tree/StepPlace.ts";
import { type FlowEditing, useFlow } from "./FlowContext.tsx";
import { StepMenu } from "./StepMenu.tsx";

interface InsertButtonProps {
  place: StepPlace;
  /** Its list has no step yet. */
  empty: boolean;
  /** A step that is being dragged would come here. */
  target?: boolean;
}

/** The plus between two steps. */
export function InsertButton(props: InsertButtonProps) {
  const { edit } = useFlow();
  return edit ? <OpenInsertButton {...props} edit={edit} /> : null;
}

function OpenInsertButton({ place, empty, target = false, edit }: InsertButtonProps & { edit: FlowEditing }) {
  /** The keyboard goes on to the new step, not back here. */
  const chosen = useRef(false);
  const open = edit.inserting !== null && placeKey(edit.inserting) === placeKey(place);
  return (
    <Popover
      label="New step"
      open={open}
      onOpenChange={(next) => edit.askForStep(next ? place : null)}
      align="center"
      onCloseAutoFocus={(event) => {
        if (chosen.current) event.preventDefault();
        chosen.current = false;
      }}
      className="w-72 p-2"
      trigger={
        <button
          type="button"
          aria-label={insertLabel(place)}
          data-insert={placeKey(place)}
          className={cn(
            "flex items-center justify-center gap-1 rounded-full border bg-surface text-faint text-xs shadow-xs outline-none transition-colors",
            "hover:border-accent hover:text-accent-text focus-visible:ring-2 focus-visible:ring-accent",
            empty ? "h-7 border-dashed px-2.5" : "size-5",
            (target || open) && "border-accent bg-accent text-on-accent hover:text-on-accent",
          )}
        >
          <Plus className="size-3" aria-hidden />
          {empty ? "Add a step" : null}
        </button>
      }
    >
      <StepMenu
        onChoose={(kind) => {
          chosen.current = true;
          edit.insert(place, kind);
        }}
        onPaste={() => {
          chosen.current = true;
          edit.paste(place);
        }}
      />
    </Popover>
  );
}

function insertLabel({ of, index }: StepPlace): string {
  const where = of === null ? "" : ` in ${of}`;
  return index === 0 ? `Add a step at the beginning${where}` : `Add a step after ${index}${where}`;
}
