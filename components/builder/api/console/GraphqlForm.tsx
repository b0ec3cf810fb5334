"use client";

import { Field } from "#components/ui/Field.tsx";
import { Select } from "#components/ui/Select.tsx";
import type { Model } from "#lib/model/types.ts";
import { graphqlOperations } from "./graphqlOperations.ts";
import { LazyTextEditor } from "./LazyTextEditor.tsx";

/** What is to be sent to GraphQL. */
export interface GraphqlDraft {
  readonly resource: string;
  readonly query: string;
  /** JSON; empty where there are none. */
  readonly variables: string;
}

interface GraphqlFormProps {
  model: Model;
  draft: GraphqlDraft;
  /** What is wrong with the variables. */
  error: string | null;
  onChange: (draft: GraphqlDraft) => void;
  onSend: () => void;
}

/** An operation of GraphQL: begun with a field of the model, written on by hand. */
export function GraphqlForm({ model, draft, error, onChange, onSend }: GraphqlFormProps) {
  const resource = model.resources.find(({ name }) => name === draft.resource);
  const operations = resource ? graphqlOperations(model, resource) : [];
  const chosen = operations.find(({ query }) => query === draft.query);
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-3 sm:grid-cols-[14rem_minmax(0,1fr)]">
        <Field label="Resource">
          <Select
            value={resource?.name ?? ""}
            options={model.resources
              .map(({ name }) => ({ value: name, label: name }))
              .toSorted((a, b) => a.label.localeCompare(b.label))}
            onValueChange={(name) => {
              const next = model.resources.find((one) => one.name === name);
              const [first] = next ? graphqlOperations(model, next) : [];
              onChange(
                first
                  ? { resource: name, query: first.query, variables: first.variables }
                  : { ...draft, resource: name },
              );
            }}
          />
        </Field>
        <Field label="Begin with">
          <Select
            value={chosen?.id ?? ""}
            className="font-mono"
            options={[
              ...(chosen
                ? []
                : [{ value: "", label: operations.length === 0 ? "None in GraphQL" : "Written by hand" }]),
              ...operations.map(({ id }) => ({ value: id, label: id })),
            ]}
            onValueChange={(id) => {
              const next = operations.find((operation) => operation.id === id);
              if (next) onChange({ ...draft, query: next.query, variables: next.variables });
            }}
          />
        </Field>
      </div>
      <LazyTextEditor
        label="Operation"
        language="graphql"
        value={draft.query}
        onChange={(query) => onChange({ ...draft, query })}
        onSend={onSend}
      />
      <div className="flex flex-col gap-1">
        <LazyTextEditor
          label="Variables"
          language="json"
          value={draft.variables}
          onChange={(variables) => onChange({ ...draft, variables })}
          onSend={onSend}
        />
        {error === null ? null : (
          <p role="alert" className="text-danger-text text-xs">
            {error}
          </p>
        )}
      </div>
    </div>
  );
}
