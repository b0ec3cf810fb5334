"use client";

import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { useProblems } from "../BuilderContext.tsx";
import { problemsWithin } from "../problems/problemsAt.ts";

interface BehaviourSectionProps {
  title: string;
  /** One sentence on what it is for. */
  help: string;
  /** Where it stands in the model, so that the way to a problem opens it. */
  path: readonly string[];
  note?: string | undefined;
  children: ReactNode;
}

/** One thing that a resource can work out, check or do; it says at its title when something in it is wrong. */
export function BehaviourSection({ title, help, path, note, children }: BehaviourSectionProps) {
  const problems = problemsWithin(useProblems(), path).length;
  return (
    <Disclosure
      title={title}
      help={help}
      data-section={path.join(".")}
      note={
        <span className="inline-flex items-center gap-1.5">
          {problems > 0 ? (
            <CircleAlert className="size-3.5 text-danger-text" aria-label={`${problems} with problems`} />
          ) : null}
          {note}
        </span>
      }
    >
      {children}
    </Disclosure>
  );
}

export function countNote(count: number): string | undefined {
  return count === 0 ? undefined : String(count);
}

/** What stands where there is nothing yet: an example in the words of the business. */
export function Example({ children }: { children: ReactNode }) {
  return (
    <p className="text-pretty rounded-md border border-dashed px-2.5 py-2 text-muted text-xs">
      <span className="text-faint">For example: </span>
      {children}
    </p>
  );
}
