"use client";

import { CircleAlert, CircleCheck, TriangleAlert, X } from "lucide-react";
import { IconButton } from "#components/ui/IconButton.tsx";
import { TickedText } from "#components/ui/TickedText.tsx";
import type { Problem } from "#lib/model/Problem.ts";
import { useBuilderActions, useProblems } from "../BuilderContext.tsx";
import { FixButton } from "../inspector/PathField.tsx";

/** Everything that is wrong; a click leads to the place. */
export function ProblemsPanel({ onClose }: { onClose: () => void }) {
  const problems = useProblems();
  return (
    <section aria-label="Problems" className="flex max-h-[38%] min-h-24 shrink-0 flex-col border-t bg-surface">
      <div className="flex h-9 shrink-0 items-center gap-2 border-b pr-1.5 pl-3">
        <h2 className="flex-1 font-medium text-sm">Problems</h2>
        <IconButton label="Close problems" size="sm" onClick={onClose}>
          <X />
        </IconButton>
      </div>
      {problems.length === 0 ? (
        <p className="flex items-center gap-2 p-3 text-muted text-sm">
          <CircleCheck className="size-4 text-success-text" aria-hidden />
          No problems.
        </p>
      ) : (
        <ul className="min-h-0 flex-1 overflow-y-auto p-1">
          {problems.map((problem) => (
            <li
              key={`${problem.file} ${problem.code} ${problem.path.join(".")} ${problem.message}`}
              className="flex items-center gap-2 rounded-md pr-2 hover:bg-hover"
            >
              <ProblemButton problem={problem} />
              <FixButton problem={problem} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function ProblemButton({ problem }: { problem: Problem }) {
  const { showProblem } = useBuilderActions();
  const { severity, message, file, range } = problem;
  return (
    <button
      type="button"
      onClick={() => showProblem(problem)}
      className="flex min-h-7 min-w-0 flex-1 items-start gap-2 px-2 py-1 text-left text-sm"
    >
      {severity === "error" ? (
        <CircleAlert className="mt-0.5 size-4 shrink-0 text-danger-text" aria-label="Error" />
      ) : (
        <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warning-text" aria-label="Warning" />
      )}
      <span className="min-w-0 flex-1 text-pretty">
        <TickedText>{message}</TickedText>
      </span>
      <span className="shrink-0 font-mono text-2xs text-faint leading-5 max-sm:hidden">
        {file}:{range.start.line}
      </span>
    </button>
  );
}
