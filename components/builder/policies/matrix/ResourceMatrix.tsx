"use client";

import { useState } from "react";
import { Field } from "#components/ui/Field.tsx";
import { Select } from "#components/ui/Select.tsx";
import { actionsOf } from "#lib/model/actions/actionsOf.ts";
import type { Resource } from "#lib/model/types.ts";
import { askerName, askersOf } from "#lib/plan/access/matrix/Asker.ts";
import { cellOf } from "#lib/plan/access/matrix/cellOf.ts";
import { cellLabel } from "#lib/plan/access/matrix/cellWords.ts";
import { useDraft } from "../../BuilderContext.tsx";
import { AccessGrid, type GridPlace } from "./AccessGrid.tsx";
import { CellMeaning } from "./CellMeaning.tsx";
import { Meaning } from "./Meaning.tsx";
import { useNarrow } from "./useNarrow.ts";
import { VerdictMark } from "./VerdictMark.tsx";

/** Who may do what with the records of one resource: roles by actions. */
export function ResourceMatrix({ resource }: { resource: Resource }) {
  const model = useDraft();
  const narrow = useNarrow();
  const [chosen, setChosen] = useState<GridPlace | null>(null);
  const [only, setOnly] = useState("");
  const askers = askersOf(model);
  const actions = actionsOf(resource);
  const asked = (row: string, column: string) => {
    const [asker, action] = [askers.find(({ id }) => id === row), actions.find(({ name }) => name === column)];
    return asker && action
      ? cellOf(model, { asker, resource, action: { name: action.name, type: action.type } })
      : null;
  };
  const columns = actions.map(({ name }) => ({ id: name, head: name }));
  const rows = askers.map((asker) => ({ id: asker.id, head: askerName(asker) }));
  const shown = rows.find(({ id }) => id === only) ?? rows[0];
  const mark = (row: string, column: string) => {
    const cell = asked(row, column);
    return cell
      ? { label: cellLabel(cell), content: <VerdictMark verdict={cell.verdict} /> }
      : { label: "", content: null };
  };
  const place = chosen && narrow && shown ? { row: shown.id, column: chosen.column } : chosen;
  const cell = place && asked(place.row, place.column);
  const label = `Who may do what with ${resource.name}`;
  return (
    <>
      {narrow ? (
        <>
          <Field label="For">
            <Select
              value={shown?.id ?? ""}
              options={rows.map(({ id, head }) => ({ value: id, label: head }))}
              onValueChange={setOnly}
            />
          </Field>
          <AccessGrid
            label={label}
            corner="Action"
            rows={columns}
            columns={shown ? [shown] : []}
            chosen={place && { row: place.column, column: place.row }}
            onChoose={({ row, column }) => setChosen({ row: column, column: row })}
            cell={({ row, column }) => mark(column, row)}
          />
        </>
      ) : (
        <AccessGrid
          label={label}
          corner="Who"
          rows={rows}
          columns={columns}
          chosen={chosen}
          onChoose={setChosen}
          cell={({ row, column }) => mark(row, column)}
        />
      )}
      <Meaning hint="Choose a cell to see what it means and which policies make it so.">
        {cell ? <CellMeaning cell={cell} /> : null}
      </Meaning>
    </>
  );
}
