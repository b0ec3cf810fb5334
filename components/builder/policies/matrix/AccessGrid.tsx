"use client";

import { type KeyboardEvent, type ReactNode, useRef } from "react";
import { cn } from "#components/ui/cn.ts";

export interface GridLine {
  readonly id: string;
  readonly head: ReactNode;
}

export interface GridPlace {
  readonly row: string;
  readonly column: string;
}

interface AccessGridProps {
  label: string;
  /** What the rows are, over their names. */
  corner: string;
  rows: readonly GridLine[];
  columns: readonly GridLine[];
  chosen: GridPlace | null;
  onChoose: (place: GridPlace) => void;
  /** What stands in a cell, and all of it for those who hear it. */
  cell: (place: GridPlace) => { readonly label: string; readonly content: ReactNode };
}

/** A grid that the arrow keys walk through; the cell that one is at is the chosen one. */
export function AccessGrid({ label, corner, rows, columns, chosen, onChoose, cell }: AccessGridProps) {
  const table = useRef<HTMLTableElement>(null);
  const at = {
    row: Math.max(
      0,
      rows.findIndex(({ id }) => id === chosen?.row),
    ),
    column: Math.max(
      0,
      columns.findIndex(({ id }) => id === chosen?.column),
    ),
  };
  const walk = (event: KeyboardEvent) => {
    const to = next(event, at, { row: rows.length - 1, column: columns.length - 1 });
    const [row, column] = to ? [rows[to.row], columns[to.column]] : [];
    if (!to || !row || !column) return;
    event.preventDefault();
    onChoose({ row: row.id, column: column.id });
    table.current?.querySelector<HTMLElement>(`[data-cell="${to.row} ${to.column}"]`)?.focus();
  };
  return (
    <div className="overflow-x-auto rounded-lg border bg-surface shadow-xs">
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are walked through is a grid
        role="grid"
        aria-label={label}
        className="w-full border-collapse text-left text-sm"
        onKeyDown={walk}
      >
        <thead className="border-b text-xs">
          <tr>
            <th scope="col" className="sticky left-0 z-10 h-9 bg-surface px-3 font-medium text-faint">
              {corner}
            </th>
            {columns.map(({ id, head }) => (
              <th key={id} scope="col" className="h-9 whitespace-nowrap px-2 font-medium text-muted">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y">
          {rows.map(({ id: row, head }, rowIndex) => (
            <tr key={row}>
              <th scope="row" className="sticky left-0 z-10 max-w-40 truncate bg-surface px-3 font-medium md:max-w-56">
                {head}
              </th>
              {columns.map(({ id: column }, columnIndex) => {
                const { label: said, content } = cell({ row, column });
                const isChosen = chosen?.row === row && chosen.column === column;
                return (
                  // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of that grid
                  // biome-ignore lint/a11y/useFocusableInteractive: its button has the focus
                  <td key={column} role="gridcell" aria-selected={isChosen} className="p-0.5">
                    <button
                      type="button"
                      data-cell={`${rowIndex} ${columnIndex}`}
                      tabIndex={at.row === rowIndex && at.column === columnIndex ? 0 : -1}
                      onClick={() => onChoose({ row, column })}
                      onFocus={() => onChoose({ row, column })}
                      className={cn(
                        "flex min-h-8 w-full items-center rounded-md border border-transparent px-1.5 py-1 hover:bg-hover focus-visible:-outline-offset-1",
                        isChosen && "border-accent-line bg-accent-soft hover:bg-accent-soft",
                      )}
                    >
                      <span className="sr-only">{said}</span>
                      <span aria-hidden className="contents">
                        {content}
                      </span>
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface Position {
  readonly row: number;
  readonly column: number;
}

function next({ key, ctrlKey }: KeyboardEvent, at: Position, last: Position): Position | null {
  const clamp = ({ row, column }: Position) => ({
    row: Math.min(Math.max(row, 0), last.row),
    column: Math.min(Math.max(column, 0), last.column),
  });
  switch (key) {
    case "ArrowUp":
      return clamp({ ...at, row: at.row - 1 });
    case "ArrowDown":
      return clamp({ ...at, row: at.row + 1 });
    case "ArrowLeft":
      return clamp({ ...at, column: at.column - 1 });
    case "ArrowRight":
      return clamp({ ...at, column: at.column + 1 });
    case "Home":
      return { row: ctrlKey ? 0 : at.row, column: 0 };
    case "End":
      return { row: ctrlKey ? last.row : at.row, column: last.column };
    default:
      return null;
  }
}
