"use client";

import { useId } from "react";
import { Checkbox } from "#components/ui/Checkbox.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import type { ListUse } from "#lib/model/api/listFields.ts";
import type { Resource } from "#lib/model/types.ts";
import { useBuilderActions, useDraft, useProblems } from "../../BuilderContext.tsx";
import { ProblemList } from "../../inspector/PathField.tsx";
import { problemsWithin } from "../../problems/problemsAt.ts";
import { pickableFields } from "./pickableFields.ts";

const words: Readonly<Record<ListUse, { readonly title: string; readonly help: string }>> = {
  filterable: {
    title: "Filtered by",
    help: "The name of a relationship allows conditions on what it leads to.",
  },
  sortable: { title: "Sorted by", help: "The name of a relationship allows sorting by what it leads to." },
};

/** Which fields of a resource its lists can be filtered or sorted by: all of them, or those that are ticked. */
export function FieldPicker({ resource, use }: { resource: Resource; use: ListUse }) {
  const model = useDraft();
  const { run } = useBuilderActions();
  const id = useId();
  const chosen = resource.api?.[use];
  const fields = pickableFields(model, resource, use);
  const problems = problemsWithin(useProblems(), [resource.name, "api", use]);
  const { title, help } = words[use];
  const set = (names: readonly string[] | undefined) =>
    run({ type: "setResourceApi", resource: resource.name, api: { [use]: names } });
  const unknown = (chosen ?? []).filter((name) => !fields.some((field) => field.name === name));
  return (
    <fieldset className="flex min-w-0 flex-col gap-2" aria-describedby={`${id}-help`}>
      <legend className="mb-1 font-medium text-muted text-xs">{title}</legend>
      <SegmentedControl
        label={title}
        value={chosen ? "chosen" : "all"}
        onValueChange={(value) => set(value === "all" ? undefined : fields.map(({ name }) => name))}
        options={[
          { value: "all", label: "All fields" },
          { value: "chosen", label: "Chosen fields" },
        ]}
        className="self-start"
      />
      {chosen ? (
        <>
          <div className="grid max-h-72 gap-x-4 gap-y-1 overflow-y-auto rounded-md border p-2 sm:grid-cols-2">
            {fields.map(({ name, kind }) => (
              <Checkbox
                key={name}
                label={
                  <>
                    <span className="break-all">{name}</span> <span className="text-2xs text-faint">{kind}</span>
                  </>
                }
                checked={chosen.includes(name)}
                onCheckedChange={(on) => {
                  const next = fields.flatMap((field) =>
                    (field.name === name ? on : chosen.includes(field.name)) ? [field.name] : [],
                  );
                  set([...next, ...unknown]);
                }}
              />
            ))}
          </div>
          <p id={`${id}-help`} className="text-faint text-xs">
            {chosen.length === 0 ? `Lists cannot be ${use === "filterable" ? "filtered" : "sorted"} by clients.` : help}
          </p>
        </>
      ) : (
        <p id={`${id}-help`} className="text-faint text-xs">
          Fields that come later are among them.
        </p>
      )}
      <div className="max-h-56 overflow-y-auto">
        <ProblemList problems={problems} />
      </div>
    </fieldset>
  );
}
