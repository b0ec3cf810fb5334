import { Badge } from "#components/ui/Badge.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import { type Alert, lengthText, measuredText, type Rule } from "./alertTexts.ts";

interface AlertHistoryProps {
  history: readonly Alert[];
  rules: readonly Rule[];
}

/** When rules were broken, for how long, and whether somebody was told. */
export function AlertHistory({ history, rules }: AlertHistoryProps) {
  return (
    <section aria-label="History" className="flex flex-col gap-2">
      <h2 className="font-semibold text-base">History</h2>
      {history.length === 0 ? (
        <p className="text-muted text-sm">No rule was broken yet. Each time one is, it stands here.</p>
      ) : (
        <div className="overflow-hidden rounded-lg border bg-surface">
          <Table label="History of alerts">
            <TableHead>
              <TableRow>
                <TableHeaderCell>Rule</TableHeaderCell>
                <TableHeaderCell>Began</TableHeaderCell>
                <TableHeaderCell className="max-sm:hidden">Lasted</TableHeaderCell>
                <TableHeaderCell className="text-right">Largest</TableHeaderCell>
                <TableHeaderCell className="max-sm:hidden">Told</TableHeaderCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {history.map((alert) => (
                <TableRow key={alert.id}>
                  <TableCell className="min-w-28 font-medium">{alert.rule}</TableCell>
                  <TableCell className="whitespace-nowrap text-muted">
                    <RelativeTime at={alert.startedAt} />
                  </TableCell>
                  <TableCell className="whitespace-nowrap tabular-nums max-sm:hidden">
                    {alert.endedAt ? lengthText(alert.startedAt, alert.endedAt) : <Badge tone="danger">goes on</Badge>}
                  </TableCell>
                  <TableCell className="whitespace-nowrap text-right tabular-nums">{largest(alert, rules)}</TableCell>
                  <TableCell className="max-sm:hidden">
                    <Told alert={alert} />
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </div>
      )}
    </section>
  );
}

function largest({ ruleId, value }: Alert, rules: readonly Rule[]): string {
  const rule = rules.find(({ id }) => id === ruleId);
  return rule ? measuredText(rule.measure, value) : String(Math.round(value));
}

function Told({ alert }: { alert: Alert }) {
  const isTold = alert.toldStartAt !== null && (alert.endedAt === null || alert.toldEndAt !== null);
  if (alert.failure !== null) return <span className="text-danger-text text-xs">{alert.failure}</span>;
  return <Badge tone={isTold ? "success" : "neutral"}>{isTold ? "told" : "waits"}</Badge>;
}
