"use client";

import type { ReactNode } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Field, FieldError } from "#components/ui/Field.tsx";
import type { Problem } from "#lib/model/Problem.ts";
import { useBuilderActions, useProblems } from "../BuilderContext.tsx";
import { problemsWithin } from "../problems/problemsAt.ts";

interface PathFieldProps {
  /** The place in the model that the control edits; problems of it are shown here. */
  path: readonly string[];
  label: string;
  hint?: ReactNode;
  /** What is wrong with what is being typed, before it is in the model. */
  error?: string | null;
  note?: ReactNode;
  hideLabel?: boolean;
  className?: string;
  children: ReactNode;
}

/** A field with the problems of its place and the buttons that mend them. */
export function PathField({ path, error, children, className, ...rest }: PathFieldProps) {
  const problems = problemsWithin(useProblems(), path);
  const worst = problems.find(({ severity }) => severity === "error") ?? problems[0];
  return (
    <div data-path={path.join(".")} className={className}>
      <Field
        {...rest}
        error={error ?? (worst?.severity === "error" ? worst.message : null)}
        warning={worst?.severity === "warning" ? worst.message : null}
        fix={error || !worst ? null : <FixButton problem={worst} />}
      >
        {children}
      </Field>
    </div>
  );
}

export function FixButton({ problem }: { problem: Problem }) {
  const { run } = useBuilderActions();
  const { fix } = problem;
  if (!fix) return null;
  return (
    <Button size="sm" className="-my-1" onClick={() => run(fix.command)}>
      {fix.title}
    </Button>
  );
}

/** Problems that belong to no single field. */
export function ProblemList({ problems }: { problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1.5 rounded-md border border-line-strong bg-sunken p-2">
      {problems.map((problem) => (
        <li key={`${problem.code} ${problem.path.join(".")} ${problem.message}`}>
          <FieldError
            error={problem.message}
            warning={problem.severity === "warning"}
            fix={<FixButton problem={problem} />}
          />
        </li>
      ))}
    </ul>
  );
}
