import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "../Table.tsx";
import { momentText } from "./momentText.ts";
import type { TimeChartProps } from "./TimeChart.tsx";

/** The same figures as a chart, in rows: the latest first. */
export function TimeTable({ label, from, step, series, format }: TimeChartProps) {
  const count = Math.max(0, ...series.map(({ values }) => values.length));
  const steps = Array.from({ length: count }, (_, at) => count - 1 - at);
  return (
    <div className="max-h-44 overflow-y-auto rounded-md border">
      <Table label={label}>
        <TableHead className="sticky top-0 bg-surface">
          <TableRow>
            <TableHeaderCell>Time</TableHeaderCell>
            {series.map(({ name }) => (
              <TableHeaderCell key={name} className="text-right">
                {name}
              </TableHeaderCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {steps.map((at) => (
            <TableRow key={at}>
              <TableCell className="h-7 whitespace-nowrap text-muted text-xs tabular-nums">
                {momentText(from + at * step, step)}
              </TableCell>
              {series.map(({ name, values }) => {
                const value = values[at] ?? null;
                return (
                  <TableCell key={name} className="h-7 whitespace-nowrap text-right text-xs tabular-nums">
                    {value === null ? "–" : format(value)}
                  </TableCell>
                );
              })}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
