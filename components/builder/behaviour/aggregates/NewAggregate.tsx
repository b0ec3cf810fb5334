"use client";

import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import type { AggregateFunction, Resource } from "#lib/model/types.ts";
import { aggregateSentence } from "#lib/model/words/aggregateSentence.ts";
import { useBuilderActions, useDraft } from "../../BuilderContext.tsx";
import { partNameProblem } from "../../relationshipNames.ts";
import {
  fittingFields,
  functionWords,
  leadsToMany,
  likelyPaths,
  needsField,
  refitted,
  suggestedName,
} from "./aggregateChoices.ts";
import { PathPicker } from "./PathPicker.tsx";

/** What, of which records; a name suggests itself. */
export function NewAggregate({ resource, onDone }: { resource: Resource; onDone: () => void }) {
  const model = useDraft();
  const { run, reveal } = useBuilderActions();
  const [of, setOf] = useState<AggregateFunction>("count");
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const [field, setField] = useState<string | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  // Until someone chooses, where there is something that the function can work on.
  const likely = likelyPaths(model, resource);
  const fits = (one: readonly string[]) => fittingFields(model, resource, { path: one, function: of }).length > 0;
  const path = chosen ?? (needsField(of) ? likely.find(fits) : undefined) ?? likely[0] ?? [];
  const draft = refitted(model, resource, { name: "", function: of, path, ...(field === null ? {} : { field }) });
  const name = typed ?? suggestedName(resource, draft);
  const error = partNameProblem(resource, name.trim());
  const fields = fittingFields(model, resource, draft);
  const reaches = leadsToMany(model, resource, path);
  const ready = error === null && reaches && (!needsField(of) || draft.field !== undefined);
  const add = () => {
    if (!ready) return;
    const aggregate = { ...draft, name: name.trim() };
    if (!run({ type: "setAggregate", resource: resource.name, aggregate })) return;
    onDone();
    reveal({ kind: "aggregate", resource: resource.name, name: name.trim() });
  };
  return (
    <form
      aria-label="New aggregate"
      className="flex flex-col gap-2.5 rounded-md border bg-raised p-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <Field label="What">
        <Select autoFocus value={of} options={functionWords} onValueChange={setOf} />
      </Field>
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 font-medium text-muted text-xs">Of the records along</legend>
        <PathPicker model={model} resource={resource} path={path} set={setChosen} />
        {reaches ? null : (
          <p className="text-warning-text text-xs">This leads to one record only. Choose a further step.</p>
        )}
      </fieldset>
      {needsField(of) ? (
        <Field
          label="Of their field"
          error={fields.length === 0 ? "None of their fields fits. Choose something else." : null}
        >
          <Select
            value={draft.field ?? ""}
            options={fields.map((one) => ({ value: one, label: one }))}
            onValueChange={setField}
          />
        </Field>
      ) : null}
      <Field
        label="Aggregate name"
        error={error}
        hint={ready ? `${capital(aggregateSentence(model, resource, draft))}.` : undefined}
      >
        <Input value={name} spellCheck={false} onChange={(event) => setTyped(event.target.value)} />
      </Field>
      <div className="flex justify-end gap-2">
        <Button size="sm" onClick={onDone}>
          Cancel
        </Button>
        <Button size="sm" type="submit" variant="primary" disabled={!ready}>
          Add aggregate
        </Button>
      </div>
    </form>
  );
}

function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
