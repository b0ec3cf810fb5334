"use client";

import { SquareFunction } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { Field } from "#components/ui/Field.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { Select } from "#components/ui/Select.tsx";
import type { Resource } from "#lib/model/types.ts";
import { useDraft } from "../../BuilderContext.tsx";
import { AccessGrid, type GridPlace } from "../../policies/matrix/AccessGrid.tsx";
import { useNarrow } from "../../policies/matrix/useNarrow.ts";
import { cellActions, columns, isColumn } from "./cellActions.ts";
import { OperationPanel } from "./OperationPanel.tsx";
import { ShownMarks } from "./ShownMarks.tsx";
import { shownIn } from "./shownIn.ts";

/** Which operations each protocol offers, and what they are called: resources by actions. */
export function OperationsSection() {
  const { resources } = useDraft();
  return (
    <>
      <PageHeader
        title="Operations"
        description="Every action is an operation of REST and of GraphQL unless one is hidden here. Hiding is about what is offered; who may do what is said by policies."
      />
      {resources.length === 0 ? (
        <EmptyState
          icon={<SquareFunction />}
          title="No resources yet"
          description="Add a resource such as Deal to the model; its operations come with it."
        />
      ) : (
        <OperationMatrix resources={resources.toSorted((a, b) => a.name.localeCompare(b.name))} />
      )}
    </>
  );
}

function OperationMatrix({ resources }: { resources: readonly Resource[] }) {
  const narrow = useNarrow();
  const [chosen, setChosen] = useState<GridPlace | null>(null);
  const [only, setOnly] = useState("read");
  const column = columns.find(({ id }) => id === only) ?? columns[0];
  const place = chosen && narrow && column ? { row: chosen.row, column: column.id } : chosen;
  const find = (name: string) => resources.find((resource) => resource.name === name);
  const actionsAt = ({ row, column: id }: GridPlace) => {
    const resource = find(row);
    return resource && isColumn(id) ? cellActions(resource, id) : [];
  };
  const resource = place && find(place.row);
  const grid = useRef<HTMLDivElement>(null);
  // On small screens the panel comes over the grid: the chosen cell stays in sight.
  useEffect(() => {
    if (chosen) grid.current?.querySelector('[aria-selected="true"] button')?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    <>
      {narrow && column ? (
        <Field label="Action">
          <Select
            value={column.id}
            options={columns.map(({ id, title }) => ({ value: id, label: title }))}
            onValueChange={setOnly}
          />
        </Field>
      ) : null}
      <div
        ref={grid}
        className="grid items-start gap-4 max-lg:[&_[data-cell]]:scroll-mb-[45dvh] lg:grid-cols-[minmax(0,1fr)_20rem]"
      >
        <AccessGrid
          label="Operations of the app"
          corner="Resource"
          rows={resources.map(({ name }) => ({ id: name, head: name }))}
          columns={(narrow && column ? [column] : columns).map(({ id, title }) => ({ id, head: title }))}
          chosen={place}
          onChoose={setChosen}
          cell={(at) => {
            const owner = find(at.row);
            const actions = actionsAt(at);
            const shown = owner ? shownIn(owner, actions) : { rest: 0, graphql: 0 };
            return {
              label: heard(at, actions.length, shown),
              content: <ShownMarks shown={shown} of={actions.length} />,
            };
          }}
        />
        <section
          aria-label="Operation"
          className="sticky bottom-0 z-20 max-h-[42dvh] overflow-y-auto rounded-lg border bg-raised p-3 shadow-md lg:top-0 lg:bottom-auto lg:max-h-[calc(100dvh-9rem)] lg:shadow-xs"
        >
          {place && resource ? (
            <OperationPanel key={resource.table} resource={resource} actions={actionsAt(place)} />
          ) : (
            <p className="text-faint text-sm">Choose a cell to hide its operations or call them something else.</p>
          )}
        </section>
      </div>
    </>
  );
}

function heard(
  { row, column }: GridPlace,
  count: number,
  { rest, graphql }: { readonly rest: number; readonly graphql: number },
): string {
  if (count === 0) return `${row}, ${column}: none`;
  if (count === 1) return `${row}, ${column}: REST ${rest ? "on" : "off"}, GraphQL ${graphql ? "on" : "off"}`;
  return `${row}, ${column}: ${rest} of ${count} in REST, ${graphql} of ${count} in GraphQL`;
}
