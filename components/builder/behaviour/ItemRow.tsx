"use client";

import type { LucideIcon } from "lucide-react";
import { cn } from "#components/ui/cn.ts";
import { TickedText } from "#components/ui/TickedText.tsx";
import { useBuilderActions, useProblems } from "../BuilderContext.tsx";
import { problemsWithin } from "../problems/problemsAt.ts";
import type { Selection } from "../state/Selection.ts";

interface ItemRowProps {
  icon: LucideIcon;
  /** What it is, for those who hear it: "Calculation". */
  word: string;
  selection: Selection & { readonly name: string };
  path: readonly string[];
  /** At the end of the line, such as its type. */
  note?: string;
  sentence: string;
}

/** One named thing of a resource and what it says; a click shows all about it. */
export function ItemRow({ icon: Icon, word, selection, path, note, sentence }: ItemRowProps) {
  const { select, remove } = useBuilderActions();
  const problems = problemsWithin(useProblems(), path).length;
  return (
    <button
      type="button"
      aria-label={`${word} ${selection.name}`}
      aria-description={problems > 0 ? `${sentence} ${problems} with problems` : sentence}
      aria-keyshortcuts="Delete"
      onClick={() => select(selection)}
      onKeyDown={(event) => {
        if (event.key !== "Delete") return;
        event.preventDefault();
        remove(selection);
      }}
      className="flex w-full items-start gap-2 rounded-md px-1.5 py-1 text-left text-sm hover:bg-hover"
    >
      <Icon className="mt-0.5 size-3.5 shrink-0 text-faint" aria-hidden />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className={cn("min-w-0 flex-1 truncate", problems > 0 && "text-danger-text")}>{selection.name}</span>
          {note === undefined ? null : <span className="shrink-0 font-mono text-2xs text-faint">{note}</span>}
        </span>
        <span className="line-clamp-3 text-faint text-xs">
          <TickedText>{sentence}</TickedText>
        </span>
      </span>
    </button>
  );
}
