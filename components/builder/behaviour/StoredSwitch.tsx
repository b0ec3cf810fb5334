"use client";

import { Switch } from "#components/ui/Switch.tsx";
import { useProblems } from "../BuilderContext.tsx";
import { ProblemList } from "../inspector/PathField.tsx";
import { problemsWithin } from "../problems/problemsAt.ts";

interface StoredSwitchProps {
  path: readonly string[];
  stored: boolean;
  set: (stored: boolean) => void;
}

/** Whether a computed value has a column of its own. */
export function StoredSwitch({ path, stored, set }: StoredSwitchProps) {
  const problems = problemsWithin(useProblems(), [...path, "stored"]);
  return (
    <div className="flex flex-col gap-1.5" data-path={[...path, "stored"].join(".")}>
      <Switch
        label="Keep it stored"
        hint="Kept up to date with each change, so that long lists are filtered and sorted by it quickly. Changes cost a little more."
        checked={stored}
        onCheckedChange={set}
      />
      <ProblemList problems={problems} />
    </div>
  );
}
