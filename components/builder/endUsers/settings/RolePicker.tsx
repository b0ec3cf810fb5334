"use client";

import { Checkbox } from "#components/ui/Checkbox.tsx";
import { useDraft, useProblems } from "../../BuilderContext.tsx";
import { ProblemList } from "../../inspector/PathField.tsx";
import { problemsWithin } from "../../problems/problemsAt.ts";

interface RolePickerProps {
  path: readonly string[];
  label: string;
  /** Said where the app has no roles. */
  empty: string;
  value: readonly string[];
  set: (roles: readonly string[]) => void;
}

/** Some of the app's roles; those that are gone can be taken away. */
export function RolePicker({ path, label, empty, value, set }: RolePickerProps) {
  const roles = (useDraft().app.roles ?? []).map(({ name }) => name);
  const problems = problemsWithin(useProblems(), path);
  const gone = value.filter((role) => role !== "*" && !roles.includes(role));
  const all = [...roles, ...gone];
  return (
    <fieldset className="flex min-w-0 flex-col gap-1" data-path={path.join(".")}>
      <legend className="mb-1 font-medium text-muted text-xs">{label}</legend>
      {all.length === 0 ? <p className="text-faint text-sm">{empty}</p> : null}
      <div className="flex flex-wrap gap-x-5 gap-y-1">
        {all.map((role) => (
          <Checkbox
            key={role}
            label={<code className="font-mono text-xs">{role}</code>}
            checked={value.includes(role)}
            onCheckedChange={(on) => set(on ? [...value, role] : value.filter((other) => other !== role))}
          />
        ))}
      </div>
      <ProblemList problems={problems} />
    </fieldset>
  );
}
