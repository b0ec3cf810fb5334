"use client";

import { CircleAlert, Search, Sigma } from "lucide-react";
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from "react";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Input } from "#components/ui/Input.tsx";
import type { Resource } from "#lib/model/types.ts";
import { useBuilderActions, useDraft, useProblems, useSelection } from "../BuilderContext.tsx";
import { behaviourNote } from "../behaviour/behaviourNote.ts";
import { NewAttribute } from "../inspector/NewAttribute.tsx";
import { ValueObjectList } from "../inspector/ValueObjectList.tsx";
import { errorCounts } from "../problems/problemsAt.ts";
import { AttributeTable } from "./AttributeTable.tsx";

export interface TableHandle {
  reveal(resource: string): void;
}

/** The whole model as lists one can edit: the canvas for those who would rather read, and for screen readers. */
export function ModelTable({ ref }: { ref: Ref<TableHandle> }) {
  const { resources } = useDraft();
  const selection = useSelection();
  const counts = errorCounts(useProblems());
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState<ReadonlySet<string>>(
    () => new Set(resources.length <= 8 ? resources.map(({ table }) => table) : []),
  );
  const wanted = typed.trim().toLowerCase();
  const shown = resources
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .filter(
      ({ name, attributes }) =>
        wanted === "" ||
        name.toLowerCase().includes(wanted) ||
        attributes.some((attribute) => attribute.name.toLowerCase().includes(wanted)),
    );
  const list = useRef<HTMLDivElement>(null);

  useImperativeHandle(
    ref,
    () => ({
      reveal(name) {
        const resource = resources.find((candidate) => candidate.name === name);
        if (!resource) return;
        setTyped("");
        setOpen((before) => new Set([...before, resource.table]));
        requestAnimationFrame(() =>
          list.current
            ?.querySelector(`[data-table="${CSS.escape(resource.table)}"]`)
            ?.scrollIntoView({ block: "nearest" }),
        );
      },
    }),
    [resources],
  );

  // What is selected on the canvas is open here.
  const selected = resources.find(({ name }) => name === selection?.resource)?.table;
  useEffect(() => {
    if (selected !== undefined) setOpen((before) => (before.has(selected) ? before : new Set([...before, selected])));
  }, [selected]);

  return (
    <section aria-label="Table of resources" className="h-full overflow-y-auto">
      <div ref={list} className="mx-auto flex max-w-4xl flex-col gap-3 p-3 sm:p-4">
        <div className="relative">
          <Search className="pointer-events-none absolute inset-y-0 left-2.5 my-auto size-4 text-faint" aria-hidden />
          <Input
            aria-label="Filter resources"
            placeholder="Filter resources and attributes"
            className="pl-8"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
        {shown.length === 0 ? (
          <p className="py-8 text-center text-muted text-sm">No resource or attribute by that name.</p>
        ) : null}
        {shown.map((resource) => (
          <ResourceCard
            key={resource.table}
            resource={resource}
            problems={counts.get(resource.name) ?? 0}
            open={open.has(resource.table) || (wanted !== "" && shown.length <= 8)}
            onOpenChange={(isOpen) =>
              setOpen((before) => {
                const next = new Set(before);
                if (isOpen) next.add(resource.table);
                else next.delete(resource.table);
                return next;
              })
            }
          />
        ))}
        <div className="rounded-lg border bg-surface px-3 py-2 shadow-xs">
          <ValueObjectList />
        </div>
      </div>
    </section>
  );
}

interface ResourceCardProps {
  resource: Resource;
  problems: number;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

function ResourceCard({ resource, problems, open, onOpenChange }: ResourceCardProps) {
  const { select } = useBuilderActions();
  const behaviour = behaviourNote(resource);
  return (
    <section
      data-table={resource.table}
      aria-label={`Resource ${resource.name}`}
      className="scroll-mt-4 rounded-lg border bg-surface px-3 py-1 shadow-xs"
    >
      <Disclosure
        open={open}
        onOpenChange={onOpenChange}
        title={
          <span className="inline-flex items-center gap-2">
            {resource.name}
            {problems > 0 ? (
              <CircleAlert className="size-3.5 text-danger-text" aria-label={counted(problems, "problem")} />
            ) : null}
          </span>
        }
        note={`${counted(resource.attributes.length, "attribute")}, ${counted(resource.relationships.length, "relationship")}`}
      >
        <AttributeTable resource={resource} />
        <div className="max-w-md">
          <NewAttribute resource={resource} />
        </div>
        {resource.relationships.length === 0 ? null : (
          <p className="flex flex-wrap items-center gap-1.5 text-muted text-xs">
            Relationships:
            {resource.relationships.map((relationship) => (
              <button
                key={relationship.name}
                type="button"
                onClick={() => select({ kind: "relationship", resource: resource.name, name: relationship.name })}
                className="h-6 rounded-full border bg-sunken px-2 hover:border-line-strong hover:text-ink"
              >
                {relationship.name} → {relationship.target}
              </button>
            ))}
          </p>
        )}
        {behaviour === "" ? null : (
          <p className="flex items-center gap-1.5 text-muted text-xs">
            <Sigma className="size-3.5 text-faint" aria-hidden />
            {behaviour}
          </p>
        )}
        <button
          type="button"
          onClick={() => select({ kind: "resource", resource: resource.name })}
          className="self-start text-accent-text text-xs underline-offset-4 hover:underline"
        >
          All about {resource.name}
        </button>
      </Disclosure>
    </section>
  );
}

function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}
