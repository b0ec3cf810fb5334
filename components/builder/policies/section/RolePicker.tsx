"use client";

import { cn } from "#components/ui/cn.ts";
import { useDraft } from "../../BuilderContext.tsx";
import { joinRoles, splitRoles } from "./roleCondition.ts";

interface RolePickerProps {
  expression: string;
  onChange: (expression: string) => void;
}

/** Anyone with one of these roles: writes the beginning of the condition. */
export function RolePicker({ expression, onChange }: RolePickerProps) {
  const { app } = useDraft();
  const names = (app.roles ?? []).map(({ name }) => name);
  if (names.length === 0) return null;
  const { roles, rest } = splitRoles(expression);
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 font-medium text-muted text-xs">Anyone with one of the roles</legend>
      <div className="flex flex-wrap gap-1">
        {names.map((name) => {
          const on = roles.includes(name);
          return (
            <button
              key={name}
              type="button"
              aria-pressed={on}
              onClick={() =>
                onChange(joinRoles({ roles: on ? roles.filter((other) => other !== name) : [...roles, name], rest }))
              }
              className={cn(
                "h-6 rounded-full border px-2 text-xs",
                on ? "border-accent-line bg-accent-soft font-medium text-accent-text" : "text-muted hover:bg-hover",
              )}
            >
              {name}
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}
