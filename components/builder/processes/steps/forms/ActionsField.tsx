"use client";

import { Checkbox } from "#components/ui/Checkbox.tsx";
import { spokenName } from "#lib/model/naming/spokenName.ts";
import { useDraft, useProblems } from "../../../BuilderContext.tsx";
import { ProblemList } from "../../../inspector/PathField.tsx";
import { problemsWithin } from "../../../problems/problemsAt.ts";
import { changingActions } from "./actionFields.ts";

interface ActionsFieldProps {
  path: readonly string[];
  resource: string;
  /** Absent: create, update and destroy. */
  actions: readonly string[] | undefined;
  onChange: (actions: readonly string[] | undefined) => void;
}

/** Which actions count as a change; none chosen means all. */
export function ActionsField({ path, resource: of, actions, onChange }: ActionsFieldProps) {
  const { resources } = useDraft();
  const problems = problemsWithin(useProblems(), path);
  const resource = resources.find(({ name }) => name === of);
  const names = [
    ...new Set(["create", "update", "destroy", ...(resource ? changingActions(resource) : []).map(({ name }) => name)]),
  ];
  const unknown = (actions ?? []).filter((name) => !names.includes(name));
  return (
    <fieldset className="flex flex-col gap-1.5" data-path={path.join(".")}>
      <legend className="mb-1 font-medium text-muted text-xs">Changes that count (none chosen: all)</legend>
      <ProblemList problems={problems} />
      <div className="grid grid-cols-2 gap-x-2 gap-y-1">
        {[...names, ...unknown].map((name) => (
          <Checkbox
            key={name}
            label={changeWords(name)}
            checked={actions?.includes(name) ?? false}
            onCheckedChange={(checked) => {
              const next = [...names, ...unknown].filter((one) =>
                one === name ? checked : (actions?.includes(one) ?? false),
              );
              onChange(next.length === 0 ? undefined : next);
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}

function changeWords(name: string): string {
  if (name === "create") return "created";
  if (name === "update") return "changed";
  return name === "destroy" ? "deleted" : spokenName(name);
}
