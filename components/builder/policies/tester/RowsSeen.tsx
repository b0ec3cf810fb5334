"use client";

import { EyeOff } from "lucide-react";
import { useState } from "react";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import { Select } from "#components/ui/Select.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import { foreignKeyField } from "#lib/model/naming/foreignKeyField.ts";
import { spokenName } from "#lib/model/naming/spokenName.ts";
import type { Model, Resource } from "#lib/model/types.ts";
import { Explained } from "./Explained.tsx";
import { rowTitle, valueText } from "./rowTitle.ts";
import { isHidden, type SeenRow, seenRows } from "./seenRows.ts";
import { actAs, type TesterActor } from "./TesterActor.ts";
import { pageSize, type TesterClient } from "./TesterClient.ts";
import { useLoaded } from "./useLoaded.ts";

interface RowsSeenProps {
  client: TesterClient;
  model: Model;
  actor: TesterActor;
  resource: Resource | null;
  /** Rows are asked for again when it is another. */
  version: string;
  onResourceChange: (resource: string) => void;
}

/** The rows of a resource that an actor sees, and why. */
export function RowsSeen({ client, model, actor, resource, version, onResourceChange }: RowsSeenProps) {
  const [mode, setMode] = useState<"seen" | "all">("seen");
  const names = model.resources.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b));
  return (
    <section aria-label="Rows" className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Rows of" className="w-56 max-w-full">
          <Select
            value={resource?.name ?? ""}
            options={[
              ...(resource ? [] : [{ value: "", label: "Choose a resource" }]),
              ...names.map((name) => ({ value: name, label: name })),
            ]}
            onValueChange={onResourceChange}
          />
        </Field>
        <SegmentedControl
          label="Which rows"
          value={mode}
          onValueChange={setMode}
          options={[
            { value: "seen", label: "Those they see" },
            { value: "all", label: "All" },
          ]}
        />
      </div>
      {resource ? (
        <Rows key={mode} {...{ client, model, actor, resource, version }} unseen={mode === "all"} />
      ) : (
        <p className="text-muted text-sm">Choose a resource to see its rows as this actor sees them.</p>
      )}
    </section>
  );
}

interface RowsProps extends Omit<RowsSeenProps, "onResourceChange" | "resource"> {
  resource: Resource;
  unseen: boolean;
}

function Rows({ client, model, actor, resource, version, unseen }: RowsProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const as = actAs(actor, model);
  const key = JSON.stringify([version, resource.name, as, unseen]);
  const { data, error, loading, reload } = useLoaded(key, () => seenRows(client, { resource, actor: as, unseen }));
  if (error !== null) {
    return (
      <Banner
        tone="danger"
        title="The rows could not be read"
        actions={
          <Button size="sm" onClick={reload}>
            Try again
          </Button>
        }
      >
        {error}
      </Banner>
    );
  }
  if (!data) return <Skeleton className="h-40" />;
  const many = spokenName(resource.plural);
  const row = data.rows.find(({ id }) => id === chosen);
  return (
    <div className="flex flex-col gap-3" aria-busy={loading}>
      <p className="text-sm">
        <span className="font-medium">
          They see {data.seen} of {data.all} {many}.
        </span>{" "}
        {data.refusal === null ? null : <span className="text-muted">The app answers: {data.refusal}</span>}
        {data.rows.length === pageSize ? <span className="text-faint"> The first {pageSize} are shown.</span> : null}
      </p>
      {data.rows.length > 0 ? (
        <RowTable resource={resource} rows={data.rows} chosen={chosen} onChoose={setChosen} />
      ) : data.all > 0 ? (
        <p className="text-muted text-sm">Show all rows to choose one and ask why they do not see it.</p>
      ) : (
        <p className="text-muted text-sm">There are no {many} yet. Make some by the API, or deploy with seeds.</p>
      )}
      {row ? (
        <Explained
          key={row.id}
          {...{ client, resource, as, version }}
          id={row.id}
          title={rowTitle(resource, row.whole)}
          onClose={() => setChosen(null)}
        />
      ) : null}
    </div>
  );
}

interface RowTableProps {
  resource: Resource;
  rows: readonly SeenRow[];
  chosen: string | null;
  onChoose: (id: string) => void;
}

const mostColumns = 6;

function RowTable({ resource, rows, chosen, onChoose }: RowTableProps) {
  const references = resource.relationships.flatMap((one) => (one.kind === "belongsTo" ? [foreignKeyField(one)] : []));
  const columns = [...resource.attributes.map(({ name }) => name), ...references]
    .filter((name) => rows.some(({ whole }) => name in whole))
    .slice(0, mostColumns);
  return (
    <div className="rounded-lg border bg-surface">
      <Table label={`Rows of ${resource.name}`}>
        <TableHead>
          <TableRow>
            <TableHeaderCell>
              <span className="sr-only">Why</span>
            </TableHeaderCell>
            {columns.map((name) => (
              <TableHeaderCell key={name}>{name}</TableHeaderCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.id} className={row.id === chosen ? "bg-accent-soft" : undefined}>
              <TableCell className="w-0">
                <span className="flex items-center gap-2 whitespace-nowrap">
                  <Button
                    size="sm"
                    aria-pressed={row.id === chosen}
                    aria-label={`Explain ${rowTitle(resource, row.whole)}`}
                    onClick={() => onChoose(row.id)}
                  >
                    Explain
                  </Button>
                  {row.seen ? null : (
                    <span className="inline-flex items-center gap-1 text-warning-text text-xs">
                      <EyeOff className="size-3.5" aria-hidden /> not seen
                    </span>
                  )}
                </span>
              </TableCell>
              {columns.map((name) => (
                <TableCell key={name} className={row.seen ? undefined : "text-faint"}>
                  {isHidden(row, name) ? (
                    <span className="inline-flex items-center gap-1 text-warning-text text-xs">
                      <EyeOff className="size-3.5" aria-hidden /> hidden
                    </span>
                  ) : (
                    <span className="block max-w-60 truncate">{valueText((row.seen ?? row.whole)[name])}</span>
                  )}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
