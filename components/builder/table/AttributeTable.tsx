"use client";

import { SlidersHorizontal, Trash2 } from "lucide-react";
import { Checkbox } from "#components/ui/Checkbox.tsx";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import type { AttributeOwner } from "#lib/model/commands/attributeOwner.ts";
import type { AttributeOptions } from "#lib/model/commands/ModelCommand.ts";
import type { Attribute } from "#lib/model/types.ts";
import { useBuilderActions, useProblems, useSelection } from "../BuilderContext.tsx";
import { retype } from "../inspector/attributeChanges.ts";
import { ownerKey } from "../inspector/ownerKey.ts";
import { nameDelay, useTypedValue } from "../inspector/useTypedValue.ts";
import { problemsWithin } from "../problems/problemsAt.ts";
import { partNameProblem } from "../relationshipNames.ts";
import { typeOptions } from "../typeLooks.tsx";

export function AttributeTable({ resource }: { resource: AttributeOwner }) {
  if (resource.attributes.length === 0) {
    return <p className="text-faint text-xs">No attributes yet. Add what one wants to know of each {resource.name}.</p>;
  }
  return (
    <Table label={`Attributes of ${resource.name}`} className="-mx-1.5">
      <TableHead>
        <TableRow>
          <TableHeaderCell className="min-w-36 px-1.5">Name</TableHeaderCell>
          <TableHeaderCell className="min-w-40 px-1.5">Type</TableHeaderCell>
          <TableHeaderCell className="px-1.5">Required</TableHeaderCell>
          <TableHeaderCell className="px-1.5">Unique</TableHeaderCell>
          <TableHeaderCell className="w-0 px-1.5">
            <span className="sr-only">More</span>
          </TableHeaderCell>
        </TableRow>
      </TableHead>
      <TableBody className="divide-transparent">
        {resource.attributes.map((attribute) => (
          <AttributeRow key={attribute.column} resource={resource} attribute={attribute} />
        ))}
      </TableBody>
    </Table>
  );
}

function AttributeRow({ resource, attribute }: { resource: AttributeOwner; attribute: Attribute }) {
  const { run, select, remove } = useBuilderActions();
  const selection = useSelection();
  const here = { kind: "attribute", resource: resource.name, name: attribute.name } as const;
  const selected =
    selection?.kind === "attribute" && selection.resource === here.resource && selection.name === here.name;
  const [problem] = problemsWithin(useProblems(), [resource.name, "attributes", attribute.name]);
  const name = useTypedValue({
    value: attribute.name,
    commit: (to) =>
      run(
        { type: "renameAttribute", resource: resource.name, attribute: attribute.name, to },
        { key: `${ownerKey(resource)}.${attribute.column}.name` },
      ),
    check: (text) => partNameProblem(resource, text, attribute.name),
    delay: nameDelay,
  });
  const set = (options: AttributeOptions) =>
    run({ type: "setAttribute", resource: resource.name, attribute: attribute.name, options });
  const error = name.error ?? problem?.message;
  return (
    <TableRow className={cn(selected && "bg-accent-soft in-[tbody]:hover:bg-accent-soft")}>
      <TableCell className="h-9 px-1.5 py-0.5">
        <Input
          size="sm"
          aria-label={`Name of ${attribute.name}`}
          spellCheck={false}
          {...name.field}
          {...(error ? { "aria-invalid": true, title: error } : {})}
        />
        {error ? <p className="pt-0.5 text-2xs text-danger-text">{error}</p> : null}
      </TableCell>
      <TableCell className="h-9 px-1.5 py-0.5">
        <Select
          size="sm"
          aria-label={`Type of ${attribute.name}`}
          value={attribute.type.kind}
          options={typeOptions}
          onValueChange={(kind) => set(retype(attribute, kind))}
        />
      </TableCell>
      <TableCell className="h-9 px-1.5 py-0.5">
        <Checkbox
          aria-label={`${attribute.name} is required`}
          checked={attribute.required}
          onCheckedChange={(required) => set({ required })}
        />
      </TableCell>
      <TableCell className="h-9 px-1.5 py-0.5">
        <Checkbox
          aria-label={`${attribute.name} is unique`}
          checked={attribute.unique}
          disabled={attribute.type.kind === "json"}
          onCheckedChange={(unique) => set({ unique })}
        />
      </TableCell>
      <TableCell className="h-9 whitespace-nowrap px-1.5 py-0.5">
        <IconButton label={`All options of ${attribute.name}`} size="sm" onClick={() => select(here)}>
          <SlidersHorizontal />
        </IconButton>
        <IconButton label={`Remove ${attribute.name}`} size="sm" variant="danger" onClick={() => remove(here)}>
          <Trash2 />
        </IconButton>
      </TableCell>
    </TableRow>
  );
}
