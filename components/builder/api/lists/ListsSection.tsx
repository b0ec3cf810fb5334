"use client";

import { ListFilter } from "lucide-react";
import { useState } from "react";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import { pageSizes } from "#lib/model/api/pageSizes.ts";
import type { Resource } from "#lib/model/types.ts";
import { useDraft } from "../../BuilderContext.tsx";
import { ListEditor } from "./ListEditor.tsx";

/** How many records lists hold, and by which fields they can be filtered and sorted. */
export function ListsSection() {
  const { resources } = useDraft();
  const [name, setName] = useState<string | null>(null);
  const sorted = resources.toSorted((a, b) => a.name.localeCompare(b.name));
  const resource = sorted.find((one) => one.name === name) ?? sorted[0];
  return (
    <>
      <PageHeader
        title="Lists"
        description="How many records lists hold, and by which fields clients may filter and sort them. What no index serves is slow on large tables: take such fields out, or add an index to the model."
      />
      {resource ? (
        <>
          <ListTable resources={sorted} chosen={resource.name} onChoose={setName} />
          <ListEditor key={resource.table} resource={resource} />
        </>
      ) : (
        <EmptyState
          icon={<ListFilter />}
          title="No resources yet"
          description="Add a resource such as Deal to the model; its lists come with it."
        />
      )}
    </>
  );
}

interface ListTableProps {
  resources: readonly Resource[];
  chosen: string;
  onChoose: (name: string) => void;
}

function ListTable({ resources, chosen, onChoose }: ListTableProps) {
  return (
    <div className="max-h-80 overflow-y-auto rounded-lg border bg-surface shadow-xs">
      <Table label="Lists of the app">
        <TableHead>
          <TableRow>
            <TableHeaderCell>Resource</TableHeaderCell>
            <TableHeaderCell className="text-right">Page</TableHeaderCell>
            <TableHeaderCell className="text-right">At most</TableHeaderCell>
            <TableHeaderCell>Filtered by</TableHeaderCell>
            <TableHeaderCell>Sorted by</TableHeaderCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {resources.map((resource) => {
            const { usual, most } = pageSizes(resource);
            return (
              <TableRow key={resource.name} className={resource.name === chosen ? "bg-accent-soft" : undefined}>
                <TableCell>
                  <button
                    type="button"
                    aria-pressed={resource.name === chosen}
                    className="min-h-6 font-medium hover:text-accent-text"
                    onClick={() => onChoose(resource.name)}
                  >
                    {resource.name}
                  </button>
                </TableCell>
                <TableCell className="text-right tabular-nums">{usual}</TableCell>
                <TableCell className="text-right tabular-nums">{most}</TableCell>
                <TableCell className="whitespace-nowrap text-muted">{fieldCount(resource.api?.filterable)}</TableCell>
                <TableCell className="whitespace-nowrap text-muted">{fieldCount(resource.api?.sortable)}</TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </div>
  );
}

function fieldCount(names: readonly string[] | undefined): string {
  if (!names) return "all fields";
  if (names.length === 0) return "nothing";
  return names.length === 1 ? "one field" : `${names.length} fields`;
}
