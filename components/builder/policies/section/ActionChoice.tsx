"use client";

import { Checkbox } from "#components/ui/Checkbox.tsx";
import { actionsOf, isStandardAction } from "#lib/model/actions/actionsOf.ts";
import type { Resource } from "#lib/model/types.ts";

interface ActionChoiceProps {
  resource: Resource;
  actions: readonly string[];
  set: (actions: readonly string[]) => void;
}

/** The actions that a policy speaks of: all, those of a type, single ones. At least one. */
export function ActionChoice({ resource, actions, set }: ActionChoiceProps) {
  const all = actionsOf(resource);
  const types = [...new Set(all.map(({ type }) => type))];
  const named = all.filter(({ name }) => !isStandardAction(name));
  const every = actions.includes("*");
  const known = new Set<string>(["*", ...types, ...named.map(({ name }) => name)]);
  const gone = actions.filter((name) => !known.has(name));
  const toggle = (name: string, on: boolean) => {
    const next = on ? [...actions, name] : actions.filter((other) => other !== name);
    if (next.length > 0) set(next);
  };
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 font-medium text-muted text-xs">What</legend>
      <Checkbox label="everything" checked={every} onCheckedChange={(on) => set(on ? ["*"] : types.slice(0, 1))} />
      {every
        ? null
        : types.map((type) => {
            const others = named.filter((action) => action.type === type).map(({ name }) => name);
            return (
              <Checkbox
                key={type}
                label={type}
                hint={others.length > 0 ? `also ${others.join(", ")}` : undefined}
                checked={actions.includes(type)}
                onCheckedChange={(on) => toggle(type, on)}
              />
            );
          })}
      {every
        ? null
        : named.map(({ name, type }) => (
            <Checkbox
              key={name}
              className="pl-5"
              label={name}
              checked={actions.includes(name) || actions.includes(type)}
              disabled={actions.includes(type)}
              onCheckedChange={(on) => toggle(name, on)}
            />
          ))}
      {gone.map((name) => (
        <Checkbox key={name} label={`${name} (is no action)`} checked onCheckedChange={() => toggle(name, false)} />
      ))}
    </fieldset>
  );
}
