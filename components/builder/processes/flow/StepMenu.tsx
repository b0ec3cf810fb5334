"use client";

import { Command } from "cmdk";
import { ClipboardPaste } from "lucide-react";
import type { StepKind } from "#lib/model/processTypes.ts";
import { stepGroups, stepKinds, stepLooks } from "../steps/stepLooks.ts";
import { copiedStep } from "./copiedStep.ts";

interface StepMenuProps {
  onChoose: (kind: StepKind) => void;
  onPaste: () => void;
}

/** The kinds of steps, found by typing. */
export function StepMenu({ onChoose, onPaste }: StepMenuProps) {
  const copied = copiedStep();
  return (
    <Command label="Kind of step" filter={rank} className="flex flex-col gap-1.5">
      <Command.Input
        autoFocus
        placeholder="What happens next?"
        className="h-8 w-full rounded-md border border-control bg-surface px-2.5 text-sm outline-none focus:border-accent"
      />
      <Command.List className="max-h-80 overflow-y-auto">
        <Command.Empty className="px-2 py-3 text-center text-faint text-sm">No such step.</Command.Empty>
        {copied ? (
          <Command.Item value={`paste ${copied.name}`} onSelect={onPaste} className={itemStyles}>
            <ClipboardPaste className="mt-0.5 size-4 shrink-0 text-faint" aria-hidden />
            Paste {copied.name}
          </Command.Item>
        ) : null}
        {stepGroups.map((group) => (
          <Command.Group
            key={group}
            heading={group}
            className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-faint"
          >
            {stepKinds
              .filter((kind) => stepLooks[kind].group === group)
              .map((kind) => {
                const { icon: Icon, label, about } = stepLooks[kind];
                return (
                  <Command.Item
                    key={kind}
                    value={label}
                    keywords={[kind, about]}
                    onSelect={() => onChoose(kind)}
                    className={itemStyles}
                  >
                    <Icon className="mt-0.5 size-4 shrink-0 text-accent-text" aria-hidden />
                    <span className="min-w-0">
                      {label}
                      <span className="block text-faint text-xs">{about}</span>
                    </span>
                  </Command.Item>
                );
              })}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}

/** What is called so comes before what is about it; letters far from each other find nothing. */
function rank(label: string, search: string, keywords: readonly string[] = []): number {
  const wanted = search.trim().toLowerCase();
  const at = label.toLowerCase().indexOf(wanted);
  if (at >= 0) return at === 0 ? 1 : 0.8;
  return keywords.some((word) => word.toLowerCase().includes(wanted)) ? 0.4 : 0;
}

const itemStyles =
  "flex cursor-pointer items-start gap-2 rounded-md px-2 py-1.5 text-sm data-[selected=true]:bg-hover aria-selected:bg-hover";
