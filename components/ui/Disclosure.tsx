"use client";

import { ChevronRight } from "lucide-react";
import { Collapsible } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";

interface DisclosureProps {
  title: ReactNode;
  /** One sentence on what is in here. */
  help?: ReactNode;
  /** Something at the end of the title, such as a count. */
  note?: ReactNode;
  defaultOpen?: boolean;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  className?: string;
  /** The place in the model that it shows, so that the way to a problem can open it. */
  "data-section"?: string;
  children: ReactNode;
}

export function Disclosure({ title, help, note, className, children, ...root }: DisclosureProps) {
  return (
    <Collapsible.Root className={cn("min-w-0", className)} {...root}>
      <Collapsible.Trigger className="group flex h-8 w-full items-center gap-1.5 rounded-md text-left font-medium text-sm hover:text-accent-text">
        <ChevronRight
          className="size-4 shrink-0 text-faint transition-transform duration-100 group-data-[state=open]:rotate-90"
          aria-hidden
        />
        <span className="min-w-0 flex-1">{title}</span>
        {note ? <span className="shrink-0 font-normal text-faint text-xs">{note}</span> : null}
      </Collapsible.Trigger>
      <Collapsible.Content>
        <div className="flex flex-col gap-3 pt-1 pb-3 pl-5.5">
          {help ? <p className="text-pretty text-faint text-xs">{help}</p> : null}
          {children}
        </div>
      </Collapsible.Content>
    </Collapsible.Root>
  );
}
