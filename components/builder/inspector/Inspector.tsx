"use client";

import { Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "#components/ui/IconButton.tsx";
import { actionsOf } from "#lib/model/actions/actionsOf.ts";
import type { Resource } from "#lib/model/types.ts";
import { useBuilderActions, useDraft, useSelection } from "../BuilderContext.tsx";
import { ActionInspector } from "../behaviour/actions/ActionInspector.tsx";
import { AggregateInspector } from "../behaviour/aggregates/AggregateInspector.tsx";
import { CalculationInspector } from "../behaviour/calculations/CalculationInspector.tsx";
import { type Selection, selectionWord } from "../state/Selection.ts";
import { AppInspector } from "./AppInspector.tsx";
import { AttributeInspector } from "./AttributeInspector.tsx";
import { InspectorFrame, InspectorHead } from "./InspectorFrame.tsx";
import { ownerKey } from "./ownerKey.ts";
import { RelationshipInspector } from "./RelationshipInspector.tsx";
import { ResourceInspector } from "./ResourceInspector.tsx";
import { ValueObjectInspector } from "./ValueObjectInspector.tsx";

/** All that can be said of what is selected. On small screens a sheet at the bottom edge, shown while something is selected. */
export function Inspector() {
  const selection = useSelection();
  const content = useContent(selection);
  const shown = selection ? `${selection.kind} ${selection.resource}` : "";
  return (
    <InspectorFrame head={content.head} shown={shown} hidden={selection === null}>
      {content.body}
    </InspectorFrame>
  );
}

function useContent(selection: Selection | null): { head: ReactNode; body: ReactNode } {
  const model = useDraft();
  const { select, remove } = useBuilderActions();
  const resource = model.resources.find(({ name }) => name === selection?.resource);
  const valueObject = resource ? undefined : model.valueObjects?.find(({ name }) => name === selection?.resource);
  const owner = resource ?? valueObject;
  if (!selection || !owner) return { head: <InspectorHead kind="App" name={model.app.name} />, body: <AppInspector /> };
  const removal = (
    <IconButton
      label={`Remove ${selectionWord(selection)}`}
      size="sm"
      variant="danger"
      onClick={() => remove(selection)}
    >
      <Trash2 />
    </IconButton>
  );
  if (valueObject && selection.kind !== "attribute") {
    return {
      head: (
        <InspectorHead kind="Value object" name={valueObject.name} actions={removal} onClose={() => select(null)} />
      ),
      body: <ValueObjectInspector key={valueObject.name} valueObject={valueObject} />,
    };
  }
  if (resource && !("name" in selection)) {
    return {
      head: <InspectorHead kind="Resource" name={resource.name} actions={removal} onClose={() => select(null)} />,
      body: <ResourceInspector key={resource.table} resource={resource} />,
    };
  }
  const kind = valueObject ? "valueObject" : "resource";
  const up = { label: owner.name, go: () => select({ kind, resource: owner.name }) };
  if (!("name" in selection)) return { head: null, body: null };
  const frame = { up, actions: removal, onClose: () => select(null), name: selection.name };
  if (selection.kind === "attribute") {
    const attribute = owner.attributes.find(({ name }) => name === selection.name);
    return {
      head: <InspectorHead kind="Attribute" {...frame} />,
      body: attribute ? (
        <AttributeInspector key={`${ownerKey(owner)} ${attribute.column}`} resource={owner} attribute={attribute} />
      ) : null,
    };
  }
  if (resource && selection.kind !== "relationship") {
    const behaviour = behaviourContent(resource, selection);
    if (behaviour) return { head: <InspectorHead kind={behaviour.kind} {...frame} />, body: behaviour.body };
  }
  const relationship = resource?.relationships.find(({ name }) => name === selection.name);
  return {
    head: <InspectorHead kind="Relationship" {...frame} />,
    body:
      resource && relationship ? (
        <RelationshipInspector
          key={`${resource.table} ${relationship.kind} ${relationship.target}`}
          resource={resource}
          relationship={relationship}
        />
      ) : null,
  };
}

/** What a resource works out or does, by its name. */
function behaviourContent(
  resource: Resource,
  { kind, name }: Selection & { readonly name: string },
): { readonly kind: string; readonly body: ReactNode } | null {
  switch (kind) {
    case "calculation": {
      const calculation = resource.calculations?.find((one) => one.name === name);
      const key = `${resource.table} calculation ${resource.calculations?.findIndex((one) => one.name === name)}`;
      const body = calculation ? (
        <CalculationInspector key={key} resource={resource} calculation={calculation} />
      ) : null;
      return { kind: "Calculation", body };
    }
    case "aggregate": {
      const aggregate = resource.aggregates?.find((one) => one.name === name);
      const key = `${resource.table} aggregate ${resource.aggregates?.findIndex((one) => one.name === name)}`;
      const body = aggregate ? <AggregateInspector key={key} resource={resource} aggregate={aggregate} /> : null;
      return { kind: "Aggregate", body };
    }
    case "action": {
      const actions = actionsOf(resource);
      const action = actions.find((one) => one.name === name);
      const key = `${resource.table} action ${actions.findIndex((one) => one.name === name)}`;
      return {
        kind: "Action",
        body: action ? <ActionInspector key={key} resource={resource} action={action} /> : null,
      };
    }
    default:
      return null;
  }
}
