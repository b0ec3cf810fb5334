"use client";

import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import type { Model } from "#lib/model/types.ts";
import { hasBody } from "./ConsoleRequest.ts";
import { LazyTextEditor } from "./LazyTextEditor.tsx";
import { QueryFields } from "./QueryFields.tsx";
import { restOperations } from "./restOperations.ts";

/** What is to be sent to REST. */
export interface RestDraft {
  /** Name of the resource whose operations are offered. */
  readonly resource: string;
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

interface RestFormProps {
  model: Model;
  draft: RestDraft;
  onChange: (draft: RestDraft) => void;
  onSend: () => void;
}

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"].map((method) => ({ value: method, label: method }));

/** A request of REST: made from an operation of the model, or written by hand. */
export function RestForm({ model, draft, onChange, onSend }: RestFormProps) {
  const resource = model.resources.find(({ name }) => name === draft.resource);
  const operations = resource ? restOperations(model, resource) : [];
  const [bare = ""] = draft.path.split("?", 1);
  const chosen = operations.find(({ method, path }) => method === draft.method && path.split("?", 1)[0] === bare);
  const choose = (name: string) => {
    const next = model.resources.find((one) => one.name === name);
    const [first] = next ? restOperations(model, next) : [];
    onChange(
      first
        ? { resource: name, method: first.method, path: first.path, body: first.body }
        : { ...draft, resource: name },
    );
  };
  const isList = draft.method === "GET" && !/\/rest\/v1\/[^/?]+\/[^/?]+$/.test(bare);
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-3 sm:grid-cols-[14rem_minmax(0,1fr)]">
        <Field label="Resource">
          <Select
            value={resource?.name ?? ""}
            options={model.resources
              .map(({ name }) => ({ value: name, label: name }))
              .toSorted((a, b) => a.label.localeCompare(b.label))}
            onValueChange={choose}
          />
        </Field>
        <Field label="Operation">
          <Select
            value={chosen?.id ?? ""}
            className="font-mono"
            options={[
              ...(chosen ? [] : [{ value: "", label: operations.length === 0 ? "None in REST" : "Written by hand" }]),
              ...operations.map(({ id }) => ({ value: id, label: id })),
            ]}
            onValueChange={(id) => {
              const next = operations.find((operation) => operation.id === id);
              if (next) onChange({ ...draft, method: next.method, path: next.path, body: next.body });
            }}
          />
        </Field>
      </div>
      <div className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-2">
        <Field label="Method">
          <Select value={draft.method} options={methods} onValueChange={(method) => onChange({ ...draft, method })} />
        </Field>
        <Field
          label="Path"
          hint={draft.path.includes("{id}") ? "Put the id of a record in place of `{id}`." : undefined}
        >
          <Input
            value={draft.path}
            spellCheck={false}
            className="font-mono text-xs"
            onChange={(event) => onChange({ ...draft, path: event.target.value })}
            onKeyDown={(event) => {
              if (event.key === "Enter") onSend();
            }}
          />
        </Field>
      </div>
      {resource && isList ? (
        <QueryFields
          model={model}
          resource={resource}
          path={draft.path}
          onChange={(path) => onChange({ ...draft, path })}
        />
      ) : null}
      {hasBody(draft.method) ? (
        <LazyTextEditor
          label="Body"
          language="json"
          value={draft.body}
          onChange={(body) => onChange({ ...draft, body })}
          onSend={onSend}
        />
      ) : null}
    </div>
  );
}
