import type { inferRouterOutputs } from "@trpc/server";
import { Badge } from "#components/ui/Badge.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import type { AppRouter } from "#server/trpc/root.ts";

type ImportReport = NonNullable<inferRouterOutputs<AppRouter>["imports"]["get"]["report"]>;
type TableReport = ImportReport["tables"][number];

const outcomes = {
  resource: { label: "Resource", tone: "success" },
  relationship: { label: "Many-to-many", tone: "accent" },
  notTaken: { label: "Not taken", tone: "warning" },
} as const;

/** Every table of the source and what became of it; nothing is left out in silence. */
export function ImportReportView({ report }: { report: ImportReport }) {
  return (
    <>
      <div className="overflow-hidden rounded-lg border bg-surface">
        <Table label="Tables of the database">
          <TableHead>
            <TableRow>
              <TableHeaderCell>Table</TableHeaderCell>
              <TableHeaderCell>Became</TableHeaderCell>
              <TableHeaderCell className="text-right">Rows</TableHeaderCell>
              <TableHeaderCell>Notes</TableHeaderCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {report.tables.map((table) => (
              <TableRow key={table.table} className="align-top">
                <TableCell className="align-top font-mono text-xs leading-6">{table.table}</TableCell>
                <TableCell className="align-top">
                  <Outcome table={table} />
                </TableCell>
                <TableCell className="text-right align-top tabular-nums leading-6">{rowsText(table)}</TableCell>
                <TableCell className="min-w-64 align-top">
                  <Notes table={table} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
      {report.others.length > 0 ? (
        <Card title="What else was there" description="Seen, and not part of the model.">
          <ul className="flex flex-col gap-2 text-sm">
            {report.others.map(({ kind, name, message }) => (
              <li key={`${kind} ${name} ${message}`} className="flex flex-wrap items-baseline gap-2">
                <Badge>{kind}</Badge>
                <code className="break-all font-mono text-xs">{name}</code>
                <span className="text-muted">{message}</span>
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
    </>
  );
}

function Outcome({ table }: { table: TableReport }) {
  const { label, tone } = outcomes[table.outcome];
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Badge tone={tone}>{label}</Badge>
      {table.resource === undefined ? null : <span className="font-medium">{table.resource}</span>}
    </span>
  );
}

function rowsText({ rows }: TableReport): string {
  if (!rows) return "–";
  return rows.copied === rows.source ? String(rows.copied) : `${rows.copied} of ${rows.source}`;
}

/** Few notes are said at once; many are folded. */
function Notes({ table }: { table: TableReport }) {
  if (table.notes.length === 0) return null;
  const list = (
    <ul className="flex flex-col gap-1 text-muted text-xs leading-5">
      {table.notes.map(({ about, message }) => (
        <li key={`${about} ${message}`}>
          <code className="font-mono text-ink">{about}</code> {message}
        </li>
      ))}
    </ul>
  );
  return table.notes.length <= 2 ? list : <Disclosure title={`${table.notes.length} notes`}>{list}</Disclosure>;
}
