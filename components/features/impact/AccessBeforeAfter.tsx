import { ArrowRight } from "lucide-react";
import { cn } from "#components/ui/cn.ts";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import { verdictWords } from "#lib/plan/access/matrix/cellWords.ts";
import type { ShownMatrix } from "./Impact.ts";

/** Kinds of people by actions: what each might do before, and may do now. */
export function AccessBeforeAfter({ matrix: { resource, actions, rows } }: { matrix: ShownMatrix }) {
  return (
    <div className="rounded-md border">
      <Table label={`Who may do what with ${resource}, before and after`}>
        <TableHead>
          <tr>
            <TableHeaderCell className="sticky left-0 bg-surface">Who</TableHeaderCell>
            {actions.map((action) => (
              <TableHeaderCell key={action}>{action}</TableHeaderCell>
            ))}
          </tr>
        </TableHead>
        <TableBody>
          {rows.map(({ asker, cells }) => (
            <TableRow key={asker.id}>
              <TableHeaderCell scope="row" className="sticky left-0 bg-surface text-ink">
                {asker.name}
              </TableHeaderCell>
              {cells.map((cell, index) => (
                <TableCell key={actions[index]} className="h-8 whitespace-nowrap">
                  <Cell cell={cell} />
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

type CellOf = ShownMatrix["rows"][number]["cells"][number];

const tones = {
  wider: "bg-danger-soft text-danger-text",
  narrower: "bg-success-soft text-success-text",
  other: "bg-warning-soft text-warning-text",
  new: "",
} as const;

function Cell({ cell: { before, after, direction } }: { cell: CellOf }) {
  const words = (verdict: CellOf["before"]) => (verdict === null ? "not there" : verdictWords[verdict]);
  if (direction === null) return <span className="text-faint text-xs">{words(after)}</span>;
  return (
    <span
      className={cn("inline-flex items-center gap-1 rounded-sm px-1.5 py-0.5 font-medium text-xs", tones[direction])}
    >
      {words(before)}
      <ArrowRight className="size-3" aria-label="to" />
      {before === after ? `${words(after)}, otherwise` : words(after)}
    </span>
  );
}
