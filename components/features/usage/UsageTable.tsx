import { bytesText } from "#components/features/pilot/figureTexts.ts";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import { type UsageKindName, usageKindNames, usageKinds } from "#lib/plans/usageKinds.ts";
import { numberWords } from "#lib/plans/words.ts";
import type { MonthUsage } from "./usageTypes.ts";

/** What each environment has used in the month. */
export function UsageTable({ usage }: { readonly usage: MonthUsage }) {
  return (
    <section className="flex flex-col gap-3" aria-label="By environment">
      <h2 className="font-semibold text-base">By environment</h2>
      <div className="rounded-lg border bg-surface shadow-xs">
        <Table label="Usage by environment">
          <TableHead>
            <TableRow>
              <TableHeaderCell>Project</TableHeaderCell>
              <TableHeaderCell>Environment</TableHeaderCell>
              {usageKindNames.map((kind) => (
                <TableHeaderCell key={kind} className="text-right">
                  {usageKinds[kind].title}
                </TableHeaderCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {usage.places.map(({ environmentId, project, environment }) => (
              <TableRow key={environmentId}>
                <TableCell className="whitespace-nowrap">{project}</TableCell>
                <TableCell className="whitespace-nowrap text-muted">{environment}</TableCell>
                {usageKindNames.map((kind) => (
                  <TableCell key={kind} className="whitespace-nowrap text-right tabular-nums">
                    {usageText(kind, amountOf(usage, { kind, environmentId }))}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </section>
  );
}

function amountOf(
  { entries }: MonthUsage,
  of: { readonly kind: UsageKindName; readonly environmentId: string },
): number {
  const amounts = entries
    .filter(({ kind, environmentId }) => kind === of.kind && environmentId === of.environmentId)
    .map(({ amount }) => amount);
  return usageKinds[of.kind].how === "stored"
    ? Math.max(0, ...amounts)
    : amounts.reduce((sum, amount) => sum + amount, 0);
}

function usageText(kind: UsageKindName, amount: number): string {
  return usageKinds[kind].unit === "bytes" ? bytesText(amount) : numberWords(amount);
}
