"use client";

import { History, SquareFunction, Workflow } from "lucide-react";
import Link from "next/link";
import type { BehaviourPlace } from "#components/builder/processes/studio/BehaviourPlace.ts";
import { cn } from "#components/ui/cn.ts";

interface BehaviourTabsProps {
  hrefOf: (place: BehaviourPlace) => string;
  place: BehaviourPlace;
}

const tabs = [
  { place: { kind: "overview" }, title: "Processes", icon: Workflow },
  { place: { kind: "functions" }, title: "Functions", icon: SquareFunction },
  { place: { kind: "runs" }, title: "Runs", icon: History },
] as const;

/** The parts of the behaviour studio. */
export function BehaviourTabs({ hrefOf, place }: BehaviourTabsProps) {
  const current = place.kind === "process" ? "overview" : place.kind;
  return (
    <nav aria-label="Behaviour" className="flex h-10 min-w-0 items-stretch gap-1 overflow-x-auto max-lg:w-full">
      {tabs.map(({ place: to, title, icon: Icon }) => (
        <Link
          key={title}
          href={hrefOf(to)}
          {...(to.kind === current ? { "aria-current": "page" } : {})}
          className={cn(
            "flex shrink-0 items-center gap-1.5 border-transparent border-b-2 px-2 text-muted text-sm hover:text-ink focus-visible:-outline-offset-2",
            to.kind === current && "border-accent font-medium text-ink",
          )}
        >
          <Icon className="size-3.5 text-faint max-sm:hidden" aria-hidden />
          {title}
        </Link>
      ))}
    </nav>
  );
}
