"use client";

import { ChevronLeft, Trash2, X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { cn } from "#components/ui/cn.ts";
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
import { ownerKey } from "./ownerKey.ts";
import { RelationshipInspector } from "./RelationshipInspector.tsx";
import { ResourceInspector } from "./ResourceInspector.tsx";
import { ValueObjectInspector } from "./ValueObjectInspector.tsx";

/** All that can be said of what is selected. On small screens a sheet at the bottom edge, shown while something is selected. */
export function Inspector() {
  const selection = useSelection();
  const content = useContent(selection);
  const scroller = useRef<HTMLDivElement>(null);
  const shown = selection ? `${selection.kind} ${selection.resource}` : "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: another thing starts at its top
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [shown]);
  return (
    <aside
      aria-label="Inspector"
      data-inspector
      className={cn(
        "flex min-h-0 flex-col bg-surface md:w-85 md:shrink-0 md:border-l",
        "max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:z-30 max-md:max-h-[62dvh] max-md:animate-rise max-md:rounded-t-xl max-md:border-t max-md:shadow-lg",
        selection === null && "max-md:hidden",
      )}
    >
      {content.head}
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-3 pb-6">
        {content.body}
      </div>
    </aside>
  );
}

function useContent(selection: Selection | null): { head: ReactNode; body: ReactNode } {
  const model = useDraft();
  const { select, remove } = useBuilderActions();
  const resource = model.resources.find(({ name }) => name === selection?.resource);
  const valueObject = resource ? undefined : model.valueObjects?.find(({ name }) => name === selection?.resource);
  const owner = resource ?? valueObject;
  if (!selection || !owner) return { head: <Head kind="App" name={model.app.name} />, body: <AppInspector /> };
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
      head: <Head kind="Value object" name={valueObject.name} actions={removal} onClose={() => select(null)} />,
      body: <ValueObjectInspector key={valueObject.name} valueObject={valueObject} />,
    };
  }
  if (resource && !("name" in selection)) {
    return {
      head: <Head kind="Resource" name={resource.name} actions={removal} onClose={() => select(null)} />,
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
      head: <Head kind="Attribute" {...frame} />,
      body: attribute ? (
        <AttributeInspector key={`${ownerKey(owner)} ${attribute.column}`} resource={owner} attribute={attribute} />
      ) : null,
    };
  }
  if (resource && selection.kind !== "relationship") {
    const behaviour = behaviourContent(resource, selection);
    if (behaviour) return { head: <Head kind={behaviour.kind} {...frame} />, body: behaviour.body };
  }
  const relationship = resource?.relationships.find(({ name }) => name === selection.name);
  return {
    head: <Head kind="Relationship" {...frame} />,
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

interface HeadProps {
  kind: string;
  name: string;
  up?: { readonly label: string; readonly go: () => void };
  actions?: ReactNode;
  onClose?: () => void;
}

function Head({ kind, name, up, actions, onClose }: HeadProps) {
  return (
    <div className="flex min-h-11 items-center gap-1 border-b px-3">
      {up ? (
        <>
          <button
            type="button"
            onClick={up.go}
            aria-label={`Back to ${up.label}`}
            className="-ml-1 flex h-7 min-w-0 items-center gap-0.5 rounded-md pr-1 text-muted text-sm hover:bg-hover hover:text-ink"
          >
            <ChevronLeft className="size-4 shrink-0" aria-hidden />
            <span className="max-w-28 truncate">{up.label}</span>
          </button>
          <span className="text-line-strong" aria-hidden>
            /
          </span>
        </>
      ) : null}
      <h2 className="min-w-0 flex-1 truncate pl-0.5 font-semibold text-sm">
        <span className="sr-only">{kind} </span>
        {name}
      </h2>
      {actions}
      {onClose ? (
        <IconButton label="Close inspector" size="sm" onClick={onClose}>
          <X />
        </IconButton>
      ) : null}
    </div>
  );
}
