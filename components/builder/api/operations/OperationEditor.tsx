"use client";

import { Badge } from "#components/ui/Badge.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Switch } from "#components/ui/Switch.tsx";
import { isStandardAction } from "#lib/model/actions/actionsOf.ts";
import { graphqlForms, restForms } from "#lib/model/api/operationForms.ts";
import { isOffered, operationOf, type Protocol } from "#lib/model/api/operations.ts";
import { fieldNameShape, pathNameShape } from "#lib/model/naming/nameShape.ts";
import { present } from "#lib/model/read/present.ts";
import type { Action, Resource } from "#lib/model/types.ts";
import { useBuilderActions } from "../../BuilderContext.tsx";
import { PathField } from "../../inspector/PathField.tsx";
import { nameDelay, useTypedValue } from "../../inspector/useTypedValue.ts";
import { useUndoable } from "../../policies/useUndoable.ts";

interface OperationEditorProps {
  resource: Resource;
  action: Action;
}

/** How one action shows in each protocol. */
export function OperationEditor({ resource, action }: OperationEditorProps) {
  const { name, type, describe } = action;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row
    <div
      role="group"
      aria-label={`${name} of ${resource.name}`}
      className="flex flex-col gap-2 py-3 first:pt-0 last:pb-0"
    >
      <div className="flex items-baseline gap-2">
        <h3 className="font-medium text-sm">{name}</h3>
        {isStandardAction(name) ? null : <Badge>{type}</Badge>}
        {describe ? <span className="min-w-0 truncate text-faint text-xs">{describe}</span> : null}
      </div>
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-1">
        <ProtocolEditor {...{ resource, action }} protocol="rest" />
        <ProtocolEditor {...{ resource, action }} protocol="graphql" />
      </div>
    </div>
  );
}

const labels: Readonly<Record<Protocol, string>> = { rest: "REST", graphql: "GraphQL" };

function ProtocolEditor({ resource, action, protocol }: OperationEditorProps & { protocol: Protocol }) {
  const say = useUndoable();
  const { name } = action;
  const shown = isOffered(resource, name, protocol);
  const lines =
    protocol === "rest"
      ? restForms(resource, action).map(({ method, path }) => `${method} ${path}`)
      : graphqlForms(resource, action);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Switch
        label={<span className="font-medium text-muted text-xs">{labels[protocol]}</span>}
        aria-label={`${name} in ${labels[protocol]}`}
        checked={shown}
        onCheckedChange={(on) => {
          const operation = { ...operationOf(resource, name), action: name };
          const { [protocol]: _old, ...rest } = operation;
          const next = on ? rest : { ...rest, [protocol]: false as const };
          say(
            { type: "setOperation", resource: resource.name, operation: next },
            `${name} of ${resource.name} is ${on ? "shown in" : "hidden from"} ${labels[protocol]}`,
          );
        }}
        className="items-center"
      />
      {shown ? (
        <ul className="flex flex-col gap-0.5 font-mono text-2xs text-muted">
          {lines.map((line) => (
            <li key={line} className="break-all">
              {line}
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-faint text-xs">Hidden: clients that use it are refused.</p>
      )}
      {shown && (protocol === "graphql" || !isStandardAction(name)) ? (
        <NameInput {...{ resource, action, protocol }} />
      ) : null}
    </div>
  );
}

function NameInput({ resource, action, protocol }: OperationEditorProps & { protocol: Protocol }) {
  const { run } = useBuilderActions();
  const { name } = action;
  const said = operationOf(resource, name)?.[protocol];
  const { api: _named, ...plain } = resource;
  const usual = protocol === "rest" ? name : (graphqlForms(plain, action)[0] ?? name);
  const typed = useTypedValue({
    value: typeof said === "string" ? said : "",
    commit: (text) => {
      const { [protocol]: _old, ...rest } = { ...operationOf(resource, name), action: name };
      const own = text === "" || text === usual ? undefined : text;
      run(
        { type: "setOperation", resource: resource.name, operation: { ...rest, ...present({ [protocol]: own }) } },
        { key: `${resource.name}.api.operations.${name}.${protocol}` },
      );
    },
    check: (text) => {
      if (text === "") return null;
      return protocol === "rest" ? pathNameShape(text, /^[a-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$/) : fieldNameShape(text);
    },
    delay: nameDelay,
  });
  const what = protocol === "rest" ? "Name in paths" : name === "read" ? "Name of the list" : "Name of the field";
  return (
    <PathField
      path={[resource.name, "api", "operations", name, protocol]}
      label={what}
      note="optional"
      error={typed.error}
      hint={typed.editing ? "Clients that use the old name are refused once this is deployed." : undefined}
    >
      <Input size="sm" {...typed.field} placeholder={usual} spellCheck={false} className="font-mono" />
    </PathField>
  );
}
