"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Select } from "#components/ui/Select.tsx";
import { settableFields } from "#lib/model/actions/writableFields.ts";
import { fieldType } from "#lib/model/expressions/expressionsOf.ts";
import { useDraft, useProblems } from "../../BuilderContext.tsx";
import { ExpressionField } from "../../expression/ExpressionField.tsx";
import { useScope } from "../../expression/useScope.ts";
import { ProblemList } from "../../inspector/PathField.tsx";
import { problemsAt } from "../../problems/problemsAt.ts";
import type { ActionPart } from "./ActionPart.ts";

/** What the action sets by itself, in order. */
export function SetFields({ resource, action, path, set }: ActionPart) {
  const model = useDraft();
  const problems = useProblems();
  const [adding, setAdding] = useState<string | null>(null);
  const scope = useScope(resource.name, action.arguments);
  const { set: settings = [], accept = [] } = action;
  const change = (next: typeof settings) => set({ set: next.length === 0 ? undefined : next });
  const moved = resource.states?.transitions.some((one) => one.action === action.name)
    ? resource.states.attribute
    : null;
  const free = settableFields(resource).filter(
    (name) => name !== moved && !accept.includes(name) && !settings.some(({ field }) => field === name),
  );
  const expectedOf = (field: string) => fieldType(model, resource.name, field);
  const typed = (field: string) => {
    const expected = expectedOf(field);
    return { ...(expected ? { expected } : {}), target: { resource: resource.name, member: field } };
  };
  return (
    <fieldset className="flex flex-col gap-2" data-path={[...path, "set"].join(".")}>
      <legend className="mb-1 font-medium text-muted text-xs">Sets by itself</legend>
      {settings.map(({ field, expression }, index) => (
        <div key={field} className="flex flex-col gap-1" data-path={[...path, "set", field].join(".")}>
          <div className="flex items-center gap-1 text-sm">
            <span className="min-w-0 flex-1 truncate">
              {field} <span className="text-faint">becomes</span>
            </span>
            <IconButton
              label={`Do not set ${field}`}
              size="xs"
              variant="danger"
              onClick={() => change(settings.toSpliced(index, 1))}
            >
              <X />
            </IconButton>
          </div>
          <ExpressionField
            label={`Value of ${field}`}
            hideLabel
            path={[...path, "set", field, "expression"]}
            scope={scope}
            {...typed(field)}
            value={expression}
            onCommit={(text) => change(settings.with(index, { field, expression: text }))}
          />
          <ProblemList problems={problemsAt(problems, [...path, "set", field])} />
        </div>
      ))}
      {adding === null ? (
        free.length === 0 ? null : (
          <Button size="sm" icon={<Plus />} className="self-start" onClick={() => setAdding(free[0] ?? null)}>
            Set a field
          </Button>
        )
      ) : (
        <div className="flex flex-col gap-1.5 rounded-md border bg-raised p-2">
          <div className="flex items-center gap-1">
            <Select
              size="sm"
              aria-label="Field to set"
              value={adding}
              options={free.map((name) => ({ value: name, label: name }))}
              onValueChange={setAdding}
            />
            <IconButton label="Cancel" size="sm" onClick={() => setAdding(null)}>
              <X />
            </IconButton>
          </div>
          <ExpressionField
            key={adding}
            label={`New value of ${adding}`}
            hideLabel
            scope={scope}
            {...typed(adding)}
            value=""
            placeholder={placeholderFor(expectedOf(adding)?.kind)}
            hint="Enter takes it over."
            onCommit={(text) => {
              change([...settings, { field: adding, expression: text }]);
              setAdding(null);
            }}
          />
        </div>
      )}
    </fieldset>
  );
}

function placeholderFor(kind: string | undefined): string {
  if (kind === "date") return "today()";
  if (kind === "timestamp") return "now()";
  return kind === "choice" ? "'option'" : "a value, or what to work out";
}
