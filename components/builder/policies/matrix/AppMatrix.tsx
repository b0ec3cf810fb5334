"use client";

import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Select } from "#components/ui/Select.tsx";
import { isStandardAction } from "#lib/model/actions/actionsOf.ts";
import type { Model, Resource } from "#lib/model/types.ts";
import { type Asker, askerName, askersOf } from "#lib/plan/access/matrix/Asker.ts";
import { type Cell, cellOf } from "#lib/plan/access/matrix/cellOf.ts";
import { cellSentence, verdictWords } from "#lib/plan/access/matrix/cellWords.ts";
import { useDraft } from "../../BuilderContext.tsx";
import { AccessGrid, type GridPlace } from "./AccessGrid.tsx";
import { Meaning } from "./Meaning.tsx";
import { useNarrow } from "./useNarrow.ts";
import { VerdictMark } from "./VerdictMark.tsx";

/** Who may do what in the whole app: resources by roles, with the standard actions in each cell. */
export function AppMatrix({ onOpen }: { onOpen: (resource: string) => void }) {
  const model = useDraft();
  const narrow = useNarrow();
  const [chosen, setChosen] = useState<GridPlace | null>(null);
  const [only, setOnly] = useState("");
  const askers = askersOf(model);
  const columns = askers.map((asker) => ({ id: asker.id, head: askerName(asker) }));
  const shown = columns.find(({ id }) => id === only) ?? columns[0];
  const resources = model.resources.toSorted((a, b) => a.name.localeCompare(b.name));
  const find = ({ row, column }: GridPlace) => {
    const [resource, asker] = [resources.find(({ name }) => name === row), askers.find(({ id }) => id === column)];
    return resource && asker ? standardCells(model, resource, asker) : [];
  };
  const place = chosen && narrow && shown ? { row: chosen.row, column: shown.id } : chosen;
  const cells = place ? find(place) : [];
  const [first] = cells;
  return (
    <>
      {narrow ? (
        <Field label="For">
          <Select
            value={shown?.id ?? ""}
            options={columns.map(({ id, head }) => ({ value: id, label: head }))}
            onValueChange={setOnly}
          />
        </Field>
      ) : null}
      <AccessGrid
        label="Who may do what in the app"
        corner="Resource"
        rows={resources.map(({ name }) => ({ id: name, head: name }))}
        columns={narrow && shown ? [shown] : columns}
        chosen={place}
        onChoose={setChosen}
        cell={(at) => ({ label: heard(at, find(at)), content: <Marks cells={find(at)} /> })}
      />
      <Meaning hint="Choose a cell to see in words what it means.">
        {first ? (
          <div className="flex flex-col gap-2">
            <ul className="flex flex-col gap-1 text-sm">
              {cells.map((cell) => (
                <li key={cell.action.name}>{cellSentence(cell)}</li>
              ))}
            </ul>
            <Button size="sm" className="self-start" onClick={() => onOpen(first.resource.name)}>
              Show {first.resource.name} with all its actions
            </Button>
          </div>
        ) : null}
      </Meaning>
    </>
  );
}

function standardCells(model: Model, resource: Resource, asker: Asker): readonly Cell[] {
  return resource.actions.map((name) => cellOf(model, { asker, resource, action: { name, type: name } }));
}

function heard({ row }: GridPlace, cells: readonly Cell[]): string {
  const [first] = cells;
  if (!first) return `${row}: no actions`;
  const said = cells.map(({ action, verdict }) => `${action.name} ${verdictWords[verdict].toLowerCase()}`);
  return `${row}, ${askerName(first.asker)}: ${said.join(", ")}`;
}

function Marks({ cells }: { cells: readonly Cell[] }) {
  if (cells.length === 0) return <span className="text-faint text-xs">no actions</span>;
  return (
    <span className="grid grid-cols-2 gap-x-2.5 gap-y-0.5">
      {cells.map(({ action, verdict }) => (
        <VerdictMark
          key={action.name}
          verdict={verdict}
          of={
            isStandardAction(action.name)
              ? `${action.name.charAt(0).toUpperCase()}${action.name.slice(1)}`
              : action.name
          }
          className="text-2xs"
        />
      ))}
    </span>
  );
}
