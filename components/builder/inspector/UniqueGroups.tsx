"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Checkbox } from "#components/ui/Checkbox.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Popover } from "#components/ui/Popover.tsx";
import type { Resource } from "#lib/model/types.ts";
import { useBuilderActions } from "../BuilderContext.tsx";

export function UniqueGroups({ resource }: { resource: Resource }) {
  const { run } = useBuilderActions();
  const set = (uniques: readonly (readonly string[])[]) =>
    run({ type: "setResource", resource: resource.name, uniques });
  return (
    <div className="flex flex-col gap-2">
      <ul className="flex flex-col gap-1">
        {resource.uniques.map((group) => (
          <li key={group.join(" ")} className="flex items-center gap-1 rounded-md border bg-sunken pr-1 pl-2 text-xs">
            <span className="min-w-0 flex-1 truncate py-1.5">{group.join(" + ")}</span>
            <IconButton
              label={`Remove the group ${group.join(" and ")}`}
              size="xs"
              variant="danger"
              onClick={() => set(resource.uniques.filter((other) => other !== group))}
            >
              <X />
            </IconButton>
          </li>
        ))}
      </ul>
      <NewGroup resource={resource} onAdd={(group) => set([...resource.uniques, group])} />
    </div>
  );
}

function NewGroup({ resource, onAdd }: { resource: Resource; onAdd: (group: readonly string[]) => void }) {
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const candidates = [
    ...resource.relationships.filter(({ kind }) => kind === "belongsTo").map(({ name }) => name),
    ...resource.attributes.filter(({ type }) => type.kind !== "json").map(({ name }) => name),
  ];
  return (
    <Popover
      label="New group of unique values"
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setChosen([]);
      }}
      trigger={
        <Button size="sm" icon={<Plus />} className="self-start">
          Add group
        </Button>
      }
    >
      <form
        className="flex flex-col gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen.length < 2) return;
          onAdd(chosen);
          setOpen(false);
        }}
      >
        <p className="text-muted text-xs">Choose two or more; their values together are unique.</p>
        <div className="flex max-h-56 flex-col gap-1 overflow-y-auto">
          {candidates.map((name) => (
            <Checkbox
              key={name}
              label={name}
              checked={chosen.includes(name)}
              onCheckedChange={(checked) =>
                setChosen(checked ? [...chosen, name] : chosen.filter((other) => other !== name))
              }
            />
          ))}
        </div>
        <Button type="submit" size="sm" variant="primary" disabled={chosen.length < 2} className="self-end">
          Add group
        </Button>
      </form>
    </Popover>
  );
}
