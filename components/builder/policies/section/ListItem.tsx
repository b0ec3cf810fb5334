"use client";

import { ChevronDown, ChevronUp, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";

interface ListItemProps {
  /** Where it stands in the model. */
  path: readonly string[];
  title: ReactNode;
  /** What it is: "policy". */
  word: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Puts it at another place; null at the ends. */
  up: (() => void) | null;
  down: (() => void) | null;
  remove: () => void;
  children: ReactNode;
}

/** A thing of a list as its sentence; opened, all that can be said of it. */
export function ListItem({ path, title, word, open, onOpenChange, up, down, remove, children }: ListItemProps) {
  return (
    <div className="rounded-md border px-1.5">
      <Disclosure
        data-section={path.join(".")}
        open={open}
        onOpenChange={onOpenChange}
        title={title}
        className="[&>button]:h-auto [&>button]:min-h-8 [&>button]:items-start [&>button]:py-1.5 [&>button]:font-normal [&>button>svg]:mt-0.5 [&>button>svg]:shrink-0"
      >
        {children}
        <div className="flex items-center gap-1">
          <IconButton label="Move up" size="sm" disabled={!up} onClick={() => up?.()}>
            <ChevronUp />
          </IconButton>
          <IconButton label="Move down" size="sm" disabled={!down} onClick={() => down?.()}>
            <ChevronDown />
          </IconButton>
          <span className="flex-1" />
          <IconButton label={`Remove ${word}`} size="sm" variant="danger" onClick={remove}>
            <Trash2 />
          </IconButton>
        </div>
      </Disclosure>
    </div>
  );
}
