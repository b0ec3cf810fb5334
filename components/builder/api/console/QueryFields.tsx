"use client";

import { Plus, X } from "lucide-react";
import { Fragment } from "react";
import { Button } from "#components/ui/Button.tsx";
import { DropdownMenu, MenuItem, MenuLabel } from "#components/ui/DropdownMenu.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Input } from "#components/ui/Input.tsx";
import type { Model, Resource } from "#lib/model/types.ts";
import { queryParts } from "./queryParts.ts";
import { queryRows, withQuery } from "./queryRows.ts";

interface QueryFieldsProps {
  model: Model;
  resource: Resource;
  path: string;
  onChange: (path: string) => void;
}

/** The parameters of a list, one a line, and the ones that could be added. */
export function QueryFields({ model, resource, path, onChange }: QueryFieldsProps) {
  const rows = queryRows(path);
  const set = (next: typeof rows) => onChange(withQuery(path, next));
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1 font-medium text-muted text-xs">Query</legend>
      {rows.map(({ name, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parameters have no identity but their place
        <div key={index} className="flex items-center gap-1.5">
          <Input
            size="sm"
            aria-label={`Name of parameter ${index + 1}`}
            className="min-w-0 flex-1 font-mono text-xs"
            spellCheck={false}
            value={name}
            onChange={(event) => set(rows.with(index, { name: event.target.value, value }))}
          />
          <Input
            size="sm"
            aria-label={`Value of ${name}`}
            className="min-w-0 flex-1 font-mono text-xs"
            spellCheck={false}
            value={value}
            onChange={(event) => set(rows.with(index, { name, value: event.target.value }))}
          />
          <IconButton label={`Remove ${name}`} size="sm" variant="danger" onClick={() => set(rows.toSpliced(index, 1))}>
            <X />
          </IconButton>
        </div>
      ))}
      <DropdownMenu
        trigger={
          <Button size="sm" icon={<Plus />} className="self-start">
            Add parameter
          </Button>
        }
      >
        {queryParts(model, resource).map(({ title, parts }) => (
          <Fragment key={title}>
            <MenuLabel>{title}</MenuLabel>
            {parts.map(({ label, name, value }) => (
              <MenuItem key={label} onSelect={() => set([...rows, { name, value }])}>
                {label}
              </MenuItem>
            ))}
          </Fragment>
        ))}
      </DropdownMenu>
    </fieldset>
  );
}
