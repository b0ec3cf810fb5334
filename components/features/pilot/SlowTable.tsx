import { Button } from "#components/ui/Button.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import { duration, type SlowStatement } from "./slowStatement.ts";

interface SlowTableProps {
  statements: readonly SlowStatement[];
  onShow: (statement: SlowStatement) => void;
}

/** Those that took the most time altogether first. */
export function SlowTable({ statements, onShow }: SlowTableProps) {
  return (
    <div className="relative overflow-hidden rounded-lg border bg-surface">
      <Table label="Slow statements">
        <TableHead>
          <TableRow>
            <TableHeaderCell>Request</TableHeaderCell>
            <TableHeaderCell className="max-sm:hidden">Times</TableHeaderCell>
            <TableHeaderCell className="max-sm:hidden">Mean</TableHeaderCell>
            <TableHeaderCell className="max-sm:hidden">Longest</TableHeaderCell>
            <TableHeaderCell>Total</TableHeaderCell>
            <TableHeaderCell className="max-sm:hidden">Last</TableHeaderCell>
            <TableHeaderCell>
              <span className="sr-only">What to do</span>
            </TableHeaderCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {statements.map((statement) => (
            <TableRow key={statement.id}>
              <TableCell className="max-w-md sm:min-w-56">
                <span className="block font-medium text-sm">
                  {statement.action} {statement.resource}
                </span>
                <code className="block break-all font-mono text-muted text-xs">{statement.requests[0]?.request}</code>
              </TableCell>
              <TableCell className="tabular-nums max-sm:hidden">{statement.count}</TableCell>
              <TableCell className="whitespace-nowrap tabular-nums max-sm:hidden">
                {duration(statement.totalMilliseconds / statement.count)}
              </TableCell>
              <TableCell className="whitespace-nowrap tabular-nums max-sm:hidden">
                {duration(statement.maxMilliseconds)}
              </TableCell>
              <TableCell className="whitespace-nowrap tabular-nums">{duration(statement.totalMilliseconds)}</TableCell>
              <TableCell className="whitespace-nowrap max-sm:hidden">
                <RelativeTime at={new Date(statement.lastAt)} />
              </TableCell>
              <TableCell className="text-right">
                <Button
                  size="sm"
                  variant="ghost"
                  aria-label={`Explain ${statement.action} ${statement.resource}`}
                  onClick={() => onShow(statement)}
                >
                  Explain
                </Button>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
