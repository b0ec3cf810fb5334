"use client";

import { ChevronLeft, EllipsisVertical, Trash2 } from "lucide-react";
import { cn } from "#components/ui/cn.ts";
import { DropdownMenu, MenuItem } from "#components/ui/DropdownMenu.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import type { Process } from "#lib/model/processTypes.ts";
import { useUndoable } from "../../policies/useUndoable.ts";
import { useBehaviour } from "./BehaviourContext.tsx";
import type { ProcessView } from "./BehaviourPlace.ts";
import { PlaceLink } from "./PlaceLink.tsx";

const views: readonly { readonly view: ProcessView; readonly title: string }[] = [
  { view: "flow", title: "Flow" },
  { view: "try", title: "Try" },
  { view: "runs", title: "Runs" },
];

/** The name of a process and the ways to look at it. */
export function ProcessHead({ process, view }: { process: Process; view: ProcessView }) {
  const { go } = useBehaviour();
  const runUndoable = useUndoable();
  const { name } = process;
  return (
    <div className="flex h-10 shrink-0 items-center gap-1 border-b bg-surface pr-2 pl-1.5">
      <PlaceLink
        to={{ kind: "overview" }}
        aria-label="All processes"
        className="flex h-7 items-center rounded-md px-1 text-muted hover:bg-hover hover:text-ink"
      >
        <ChevronLeft className="size-4" aria-hidden />
      </PlaceLink>
      <h1 className="min-w-0 truncate font-semibold text-sm">{name}</h1>
      <nav aria-label={`Process ${name}`} className="ml-2 flex h-full items-stretch gap-0.5">
        {views.map((one) => (
          <PlaceLink
            key={one.view}
            to={{ kind: "process", name, view: one.view }}
            {...(one.view === view ? { "aria-current": "page" } : {})}
            className={cn(
              "-mb-px flex items-center border-transparent border-b-2 px-2 text-muted text-sm hover:text-ink",
              one.view === view && "border-accent font-medium text-ink",
            )}
          >
            {one.title}
          </PlaceLink>
        ))}
      </nav>
      <span className="flex-1" />
      <DropdownMenu
        align="end"
        trigger={
          <IconButton label={`More for ${name}`} size="sm">
            <EllipsisVertical />
          </IconButton>
        }
      >
        <MenuItem
          icon={<Trash2 />}
          danger
          onSelect={() => {
            if (runUndoable({ type: "removeProcess", process: name }, `Removed ${name}.`)) go({ kind: "overview" });
          }}
        >
          Remove process
        </MenuItem>
      </DropdownMenu>
    </div>
  );
}
