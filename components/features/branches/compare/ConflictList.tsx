"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import { Card } from "#components/ui/Card.tsx";
import { cn } from "#components/ui/cn.ts";
import { TickedText } from "#components/ui/TickedText.tsx";
import type { BranchConflict } from "../Branch.ts";
import type { BranchNames, Choices } from "./MergeNames.ts";

interface ConflictListProps {
  names: BranchNames;
  conflicts: readonly BranchConflict[];
  choices: Choices;
  onChoose: (key: string, side: "from" | "into") => void;
}

/** What both branches changed, each in its own way, with what each makes of it to choose from. */
export function ConflictList({ names, conflicts, choices, onChoose }: ConflictListProps) {
  const open = conflicts.filter(({ key, sides, breaks }) => breaks || (sides && choices[key] === undefined)).length;
  return (
    <Card
      title="Both branches changed"
      description={
        open === 0
          ? "All is decided."
          : `Choose whose version is taken. ${open === 1 ? "One is" : `${open} are`} still open.`
      }
    >
      <ul className="flex flex-col gap-4">
        {conflicts.map((conflict) => (
          <li key={conflict.key}>
            <Conflict
              names={names}
              conflict={conflict}
              choice={choices[conflict.key] ?? null}
              onChoose={(side) => onChoose(conflict.key, side)}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}

interface ConflictProps {
  names: BranchNames;
  conflict: BranchConflict;
  choice: "from" | "into" | null;
  onChoose: (side: "from" | "into") => void;
}

function Conflict({ names, conflict: { key, sentence, sides, breaks }, choice, onChoose }: ConflictProps) {
  const isSettled = !breaks && (choice !== null || sides === null);
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-2 flex items-start gap-2 text-sm">
        {isSettled ? (
          <CircleCheck className="mt-0.5 size-4 shrink-0 text-success-text" aria-label="Decided" />
        ) : (
          <CircleAlert className="mt-0.5 size-4 shrink-0 text-warning-text" aria-label="Open" />
        )}
        <span className="min-w-0 break-words">
          <TickedText>{`${sentence}.`}</TickedText>
        </span>
      </legend>
      {breaks ? (
        <p className="pl-6 text-muted text-sm">
          Each branch is sound by itself; together they are not. Change one of them, then compare again.
        </p>
      ) : null}
      {sides ? (
        <div className="grid gap-2 pl-6 sm:grid-cols-2">
          {(["from", "into"] as const).map((side) => (
            <label
              key={side}
              className={cn(
                "flex cursor-pointer items-start gap-2 rounded-md border px-3 py-2 text-sm hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent",
                choice === side && "border-accent-line bg-accent-soft hover:bg-accent-soft",
              )}
            >
              <input
                type="radio"
                className="mt-1 accent-accent"
                name={key}
                checked={choice === side}
                onChange={() => onChoose(side)}
              />
              <span className="min-w-0">
                <span className="block font-medium text-xs">As on {names[side]}</span>
                <span className="block break-words text-muted">
                  <TickedText>{sides[side]}</TickedText>
                </span>
              </span>
            </label>
          ))}
        </div>
      ) : null}
    </fieldset>
  );
}
