"use client";

import { CalendarClock, CircleAlert, Database, type LucideIcon, Play, Webhook } from "lucide-react";
import { cn } from "#components/ui/cn.ts";
import { TickedText } from "#components/ui/TickedText.tsx";
import type { Start } from "#lib/model/processTypes.ts";
import { startSentence } from "../words/startSentence.ts";
import { useFlow } from "./FlowContext.tsx";

export const startLooks: Readonly<Record<Start["kind"], { readonly icon: LucideIcon; readonly label: string }>> = {
  change: { icon: Database, label: "On change" },
  schedule: { icon: CalendarClock, label: "On schedule" },
  hook: { icon: Webhook, label: "By hook" },
  call: { icon: Play, label: "By call" },
};

/** What begins runs, at the top of the flow. */
export function StartCard({ start, index, className }: { start: Start; index: number; className?: string }) {
  const { selection, select, problems, sayAt } = useFlow();
  const { icon: Icon, label } = startLooks[start.kind];
  const selected = selection.kind === "start" && selection.index === index;
  const wrong = problems.get(`start ${index}`) ?? 0;
  const sentence = startSentence(start, sayAt(`start ${index}`));
  return (
    <button
      type="button"
      data-flow={`start ${index}`}
      aria-label={`Start ${label}${wrong > 0 ? ", with problems" : ""}`}
      aria-description={sentence}
      aria-pressed={selected}
      onClick={() => select({ kind: "start", index })}
      className={cn(
        "flex w-full flex-col gap-0.5 rounded-lg border bg-accent-soft px-2.5 py-2 text-left shadow-sm outline-none",
        "hover:border-control focus-visible:ring-2 focus-visible:ring-accent",
        selected ? "border-accent ring-1 ring-accent" : wrong > 0 ? "border-danger-line" : "border-accent-line",
        className,
      )}
    >
      <span className="flex w-full items-center gap-1.5 font-medium text-accent-text text-xs">
        <Icon className="size-3.5 shrink-0" aria-hidden />
        <span className="min-w-0 flex-1 truncate">{label}</span>
        {wrong > 0 ? <CircleAlert className="size-3.5 shrink-0 text-danger-text" aria-hidden /> : null}
      </span>
      <span className="line-clamp-2 w-full text-ink text-xs">
        <TickedText>{sentence}</TickedText>
      </span>
    </button>
  );
}
