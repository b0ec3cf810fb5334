"use client";

import { ArrowRight, ChevronsLeftRight, CornerDownRight, Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Popover } from "#components/ui/Popover.tsx";
import type { Relationship, Resource } from "#lib/model/types.ts";
import { useBuilderActions, useProblems } from "../BuilderContext.tsx";
import { problemsWithin } from "../problems/problemsAt.ts";
import { RelationshipForm } from "./RelationshipForm.tsx";
import { Section } from "./Section.tsx";

export function RelationshipList({ resource }: { resource: Resource }) {
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title="Relationships"
      note={String(resource.relationships.length)}
      action={
        <Popover
          label={`New relationship of ${resource.name}`}
          align="end"
          open={adding}
          onOpenChange={setAdding}
          trigger={
            <Button size="sm" icon={<Plus />}>
              Add relationship
            </Button>
          }
        >
          <RelationshipForm source={resource.name} onDone={() => setAdding(false)} />
        </Popover>
      }
    >
      {resource.relationships.length === 0 ? (
        <p className="text-faint text-xs">How it is connected to other resources: an order belongs to a customer.</p>
      ) : (
        <ul className="-mx-1.5" aria-label={`Relationships of ${resource.name}`}>
          {resource.relationships.map((relationship) => (
            <li key={relationship.name}>
              <RelationshipRow resource={resource} relationship={relationship} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

const looks = {
  belongsTo: { icon: ArrowRight, words: "belongs to" },
  hasOne: { icon: CornerDownRight, words: "has one" },
  hasMany: { icon: CornerDownRight, words: "has many" },
  manyToMany: { icon: ChevronsLeftRight, words: "many to many" },
};

function RelationshipRow({ resource, relationship }: { resource: Resource; relationship: Relationship }) {
  const { select, remove } = useBuilderActions();
  const problems = problemsWithin(useProblems(), [resource.name, "relationships", relationship.name]).length;
  const { icon: Icon, words } = looks[relationship.kind];
  const selection = { kind: "relationship", resource: resource.name, name: relationship.name } as const;
  return (
    <button
      type="button"
      aria-label={`Relationship ${relationship.name}`}
      aria-description={`${words} ${relationship.target}`}
      aria-keyshortcuts="Delete"
      onClick={() => select(selection)}
      onKeyDown={(event) => {
        if (event.key === "Delete") {
          event.preventDefault();
          remove(selection);
        }
      }}
      className="flex h-7 w-full items-center gap-2 rounded-md px-1.5 text-left text-sm hover:bg-hover"
    >
      <Icon className="size-3.5 shrink-0 text-accent-text" aria-hidden />
      <span className={cn("min-w-0 flex-1 truncate", problems > 0 && "text-danger-text")}>
        {relationship.name}
        {relationship.kind === "belongsTo" && relationship.required ? (
          <span className="text-danger-text"> *</span>
        ) : null}
      </span>
      <span className="truncate text-faint text-xs">
        {words} {relationship.target}
      </span>
    </button>
  );
}
