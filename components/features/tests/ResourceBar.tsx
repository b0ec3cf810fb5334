"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { cn } from "#components/ui/cn.ts";
import type { ResourceCoverage } from "#lib/vetting/cover/Coverage.ts";
import { MissedPart } from "./MissedPart.tsx";

interface ResourceBarProps {
  coverage: ResourceCoverage;
  /** Ids of proposals that are being accepted. */
  decided: ReadonlySet<string>;
  onAccept: (ids: readonly string[]) => void;
}

/** How much of one resource is covered; opens to what is not. */
export function ResourceBar({ coverage, decided, onAccept }: ResourceBarProps) {
  const { resource, covered, total, uncovered } = coverage;
  const [isOpen, setOpen] = useState(false);
  return (
    <li className="px-4 py-2.5">
      <button
        type="button"
        className="grid w-full grid-cols-[minmax(0,1fr)_auto_1rem] items-center gap-x-3 gap-y-1 rounded-md text-left text-sm sm:grid-cols-[11rem_minmax(0,1fr)_4.5rem_1rem]"
        aria-expanded={isOpen}
        disabled={uncovered.length === 0}
        onClick={() => setOpen(!isOpen)}
      >
        <span className="truncate font-medium">{resource}</span>
        <span className="order-last col-span-3 h-1.5 overflow-hidden rounded-full bg-sunken sm:order-none sm:col-span-1">
          <span
            className={cn("block h-full rounded-full", covered === total ? "bg-success" : "bg-accent")}
            style={{ width: `${(covered / total) * 100}%` }}
          />
        </span>
        <span className="text-right text-muted tabular-nums">
          {covered} of {total}
        </span>
        <ChevronRight
          className={cn(
            "size-4 text-faint transition-transform",
            isOpen && "rotate-90",
            uncovered.length === 0 && "invisible",
          )}
          aria-hidden
        />
      </button>
      {isOpen ? (
        <ul className="mt-2 flex flex-col gap-2 pb-1">
          {uncovered.map((part) => (
            <MissedPart key={part.part.join(".")} missed={part} decided={decided} onAccept={onAccept} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}
