"use client";

import { Input } from "#components/ui/Input.tsx";
import { pathNameShape } from "#lib/model/naming/nameShape.ts";
import { restPath } from "#lib/model/naming/restPath.ts";
import type { Action, Resource } from "#lib/model/types.ts";
import { useBuilderActions } from "../../BuilderContext.tsx";
import { PathField } from "../../inspector/PathField.tsx";
import { nameDelay, useTypedValue } from "../../inspector/useTypedValue.ts";
import { OperationEditor } from "./OperationEditor.tsx";

interface OperationPanelProps {
  resource: Resource;
  /** Those of the chosen cell. */
  actions: readonly Action[];
}

/** What a resource is called in paths, and how some of its actions show. */
export function OperationPanel({ resource, actions }: OperationPanelProps) {
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <h2 className="min-w-0 flex-1 basis-40 truncate font-semibold text-base">{resource.name}</h2>
        <PathName resource={resource} />
      </div>
      {actions.length === 0 ? (
        <p className="text-faint text-sm">
          {resource.name} has no action of this kind. Actions are added in the model, in the panel of the resource.
        </p>
      ) : (
        <div className="flex flex-col divide-y">
          {actions.map((action) => (
            <OperationEditor key={action.name} resource={resource} action={action} />
          ))}
        </div>
      )}
    </div>
  );
}

function PathName({ resource }: { resource: Resource }) {
  const { run } = useBuilderActions();
  const usual = restPath({ plural: resource.plural });
  const typed = useTypedValue({
    value: resource.api?.path ?? "",
    commit: (text) => {
      const path = text === "" || text === usual ? undefined : text;
      run({ type: "setResourceApi", resource: resource.name, api: { path } }, { key: `${resource.name}.api.path` });
    },
    check: (text) => (text === "" ? null : pathNameShape(text)),
    delay: nameDelay,
  });
  return (
    <PathField
      path={[resource.name, "api", "path"]}
      label="Path in REST"
      note={resource.api?.path === undefined ? "as its plural" : "its own"}
      error={typed.error}
      className="w-64 max-w-full lg:w-full"
    >
      <Input size="sm" {...typed.field} placeholder={usual} spellCheck={false} className="font-mono" />
    </PathField>
  );
}
